"""Gets all programs that tests need and that are missing: `python -m tests.programs`, while the first tests run.

What it cannot get the tests that need it try once more, and say what to install.
"""

from __future__ import annotations

import os
from threading import Thread
from types import ModuleType

from tests import nginx, postgres
from tests.browser import chromium
from tests.install import ONE_AT_A_TIME, install_packages


def main() -> None:
    """Install them; whoever looks for one meanwhile waits."""
    with ONE_AT_A_TIME:
        browser = Thread(target=chromium.install_playwrights)
        if is_missing(chromium):
            browser.start()
        install_packages(*(room.PACKAGE for room in (postgres, nginx) if is_missing(room)))
        if browser.ident:
            browser.join()
        if is_missing(chromium):
            install_packages(chromium.PACKAGE)


def is_missing(room: ModuleType) -> bool:
    """Whether a program is neither named nor there."""
    return not (os.environ.get(room.NAMED) or room.present())


if __name__ == "__main__":
    main()
