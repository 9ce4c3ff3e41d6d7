"""Where what was read is kept: the folder `PARALLAX_DATA`, else the platform's cache folder."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path


def data_folder() -> Path:
    """The folder of the store; it may not exist yet."""
    given = os.environ.get("PARALLAX_DATA")
    return Path(given) if given else user_cache_path("parallax", appauthor=False)
