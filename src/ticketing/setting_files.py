"""The files that settings name: there, of the right kind, and open to this user."""

import os
import ssl
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificates


def sqlite_file(path: Path) -> str:
    """A file that can be written, in a folder that can be, or be made: SQLite writes beside it, too."""
    there = path.parent
    while not os.path.lexists(there) and there != there.parent:
        there = there.parent
    if not there.is_dir():
        return f"names {path}, but {there} is no folder"
    if not os.access(there, os.W_OK | os.X_OK):
        return f"names {path}, but this user may not write in the folder {there}"
    if path.is_dir():
        return f"names {path}, which is a folder: name a file in it"
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        return f"names {path}, which this user may not read and write"
    return ""


def readable(value: str) -> str:
    """A file of this name that can be read."""
    if not (path := Path(value)).exists():
        return f"names {value}: there is no such file"
    if not path.is_file():
        return f"names {value}, which is no file"
    return "" if os.access(path, os.R_OK) else f"names {value}, which this user may not read"


def fit(cert: str, key: str) -> str:
    """A certificate, or a chain that begins with it, and its key; both are there and can be read."""
    try:
        (public, *_) = load_pem_x509_certificates(Path(cert).read_bytes())
    except ValueError:
        return f"do not fit: {cert} holds no certificate as PEM"
    try:
        private = load_pem_private_key(Path(key).read_bytes(), None)
    except TypeError:
        return f"do not fit: {key} has a passphrase, which nobody is there to type"
    except (ValueError, UnsupportedAlgorithm):
        return f"do not fit: {key} holds no private key as PEM"
    if private.public_key() != public.public_key():
        return "name a certificate and a key that do not belong together"
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key)
    except ssl.SSLError as error:  # such as a key too short for this machine
        return f"are not taken by TLS here ({error.reason})"
    return ""
