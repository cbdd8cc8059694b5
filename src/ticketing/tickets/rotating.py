"""Codes that change while they are looked at, so that a picture of one is soon worth nothing.

Behind the signed bytes stands a moment: 3 bytes of the time step (RFC 6238, 30 s, the step's low 24 bits)
and 8 bytes of HMAC-SHA256 over the whole step under a secret of the ticket. Gates derive that secret from
the performance's key, which forges no ticket: the signature is still needed.
"""

import hmac
from typing import NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

STEP = 30_000  # ms
SKEW = 60_000  # ms by which two clocks may differ
NEAR = SKEW // STEP
PROOF = 8
HALF = 1 << 23
MASK = 2 * HALF - 1


class Moment(NamedTuple):
    step: int  # its low 24 bits
    proof: bytes

    @classmethod
    def read(cls, moment: bytes) -> "Moment":
        return cls(int.from_bytes(moment[:3], "big"), moment[3:])

    def __bytes__(self) -> bytes:
        return self.step.to_bytes(3, "big") + self.proof


def gate_key(secret_key: str, performance: int) -> bytes:
    """Return the 32 bytes that the gates of a performance know; ``performance`` is its number."""
    info = b"ticketing/rotating/1\x00" + performance.to_bytes(4, "big")
    return HKDF(SHA256(), length=32, salt=None, info=info).derive(secret_key.encode())


def ticket_secret(gate_key: bytes, ticket: int, issue: int) -> bytes:
    """Return the 32 bytes that the page of a ticket knows; ``ticket`` is its number."""
    return hmac.digest(gate_key, ticket.to_bytes(8, "big") + issue.to_bytes(1, "big"), "sha256")


def moment(secret: bytes, at: int) -> Moment:
    return _at_step(secret, at // STEP)


def is_fresh(moment: Moment, secret: bytes, at: int) -> bool:
    """Say whether the moment is this one, as far as clocks agree."""
    now = at // STEP
    apart = (moment.step - now + HALF & MASK) - HALF  # the shorter way round
    if abs(apart) > NEAR:
        return False
    return hmac.compare_digest(_at_step(secret, now + apart).proof, moment.proof)


def _at_step(secret: bytes, step: int) -> Moment:
    proof = hmac.digest(secret, step.to_bytes(8, "big"), "sha256")[:PROOF]
    return Moment(step & MASK, proof)
