"""What a manifest tells and to whom: a lost phone knows no names, and a seat only by its ticket's code.

A ticket is found by a digest of its number. What stands on it is sealed under a key of its order, and
that key can be had only with the signature on one of the order's tickets: ``share`` is the key, hidden
behind a digest of the signature, which nobody can guess. So one code opens its party too, and no other.
``static/js/door/sealed.js`` opens the same; ``tests/vectors/golden.json`` holds both to the same answers.
"""

import hmac
import secrets
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

FOUND, KEY, HIDDEN = (
    f"ticketing/manifest/{part}/1\x00".encode() for part in ("ticket", "order", "share")
)
NONCE = 12
INDEX, HANDLE, SHARE = 9, 6, 16  # bytes


def index(performance: int, number: int) -> bytes:
    """Return 9 bytes by which a device finds a ticket; ``performance`` is the number in the code."""
    text = FOUND + performance.to_bytes(4, "big") + number.to_bytes(8, "big")
    return sha256(text).digest()[:INDEX]


def order_key(secret_key: str, order_id: str) -> bytes:
    """Return the 16 bytes from which an order's key is made; they stay the same."""
    return hmac.digest(secret_key.encode(), KEY + order_id.encode(), "sha256")[:SHARE]


def handle(order_id: str) -> bytes:
    """Return 6 bytes by which a device replaces what it knows of an order."""
    return sha256(KEY + order_id.encode()).digest()[:HANDLE]


def share(key: bytes, signature: bytes) -> bytes:
    """Hide a key behind a signature, or show it again."""
    mask = sha256(HIDDEN + signature).digest()[:SHARE]
    return (int.from_bytes(key) ^ int.from_bytes(mask)).to_bytes(SHARE)


def seal(key: bytes, plain: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + ChaCha20Poly1305(sha256(KEY + key).digest()).encrypt(nonce, plain, None)


def unseal(key: bytes, sealed: bytes) -> bytes:
    """Raises ``cryptography.exceptions.InvalidTag``."""
    cipher = ChaCha20Poly1305(sha256(KEY + key).digest())
    return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], None)
