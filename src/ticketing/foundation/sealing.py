"""Secrets kept in the database, readable only with TICKETING_SECRET_KEY: HKDF, AES-256-GCM."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


class WrongSecretKey(ValueError):
    """What was sealed opens with another TICKETING_SECRET_KEY only, or was altered."""


def seal(secret_key: str, plain: bytes, purpose: str) -> bytes:
    """Return 12 random bytes, then ``plain`` encrypted for one purpose, such as "signing keys"."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher(secret_key, purpose).encrypt(nonce, plain, None)


def unseal(secret_key: str, sealed: bytes, purpose: str) -> bytes:
    """Return what was sealed with this key for this purpose, or raise WrongSecretKey."""
    try:
        return _cipher(secret_key, purpose).decrypt(sealed[:NONCE], sealed[NONCE:], None)
    except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
        raise WrongSecretKey(
            f"the {purpose} were stored under another TICKETING_SECRET_KEY, or are damaged"
        ) from None


def _cipher(secret_key: str, purpose: str) -> AESGCM:
    """Derive a key of its own for each purpose, so that no sealed value fits another place."""
    info = b"ticketing/sealing/1\x00" + purpose.encode()
    return AESGCM(HKDF(SHA256(), length=32, salt=None, info=info).derive(secret_key.encode()))
