"""Finds an nginx, or gets one, or says what to install; and runs it with the documented configuration."""

from __future__ import annotations

import datetime
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.install import install_packages, settled

ROOT = Path(__file__).parent.parent
NAMED = "PARALLAX_NGINX"
PACKAGE = "nginx-light"
START_SECONDS = 90
MAIN = """
daemon off; master_process off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types; access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/parallax.conf;
}}
"""


class NoNginxError(RuntimeError):
    """None was found and none could be installed; the message says what to do."""


def program() -> str:
    """The nginx to use: the one `PARALLAX_NGINX` names, the system's, or one installed now.

    Raises:
        NoNginxError: there is none.
    """
    named = os.environ.get(NAMED)
    if named:
        return named
    settled()
    if not present():
        install_packages(PACKAGE)
    found = present()
    if not found:
        raise NoNginxError(
            "The tests of docs/nginx need nginx, and none was found or could be installed. Install it with "
            "`apt-get install nginx-light`, or let PARALLAX_NGINX name it."
        )
    return found


def present() -> str | None:
    """An installed nginx; Debian keeps it where only root looks."""
    return shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def certificate(folder: Path) -> None:
    """Write a certificate for this machine and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    (folder / "fullchain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    shown = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(*shown))


def configuration(folder: Path, **changed: str) -> Path:
    """Write the documented configuration with other names and ports, as its reader would; its main file."""
    certificate(folder)
    keys = {"/etc/letsencrypt/live/parallax.example.org": str(folder)}
    replaced = {**keys, **changed, "/etc/nginx/parallax": str(folder)}
    for name in ("parallax.conf", "sign-in.conf"):
        text = (ROOT / "docs" / "nginx" / name).read_text(encoding="utf-8")
        for old, new in replaced.items():
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    main = folder / "nginx.conf"
    main.write_text(MAIN.format(folder=folder), encoding="utf-8")
    return main


@contextmanager
def running(main: Path, port: int) -> Iterator[None]:
    """Run nginx with a configuration until the end.

    Raises:
        RuntimeError: it did not start; the message holds its log.
    """
    process = subprocess.Popen([program(), "-c", str(main), "-p", str(main.parent)], stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + START_SECONDS
        while process.poll() is None and time.monotonic() < until and not _listens(port):
            time.sleep(0.05)
        if not _listens(port):
            process.terminate()
            told = process.communicate()[1].decode() + (main.parent / "error.log").read_text()
            raise RuntimeError(f"nginx did not start:\n{told}")
        yield
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0
