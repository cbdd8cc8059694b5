"""Ids, secrets and the numbers that people read out, type or click."""

import re
from base64 import b64encode
from hashlib import sha256
from random import Random, SystemRandom

from ticketing.foundation.typed_text import signs

CHANCE = SystemRandom()  # the one source of all that must not be guessed

# Of each pair that looks alike only one side, and no vowel, so that no word appears by accident.
ALPHABET = "23456789CDFHJKMNPQRTVWXY"
LOOKALIKES = str.maketrans("ABGSUZ", "4865V2")
BASE32 = b"abcdefghijklmnopqrstuvwxyz234567" * 8  # each of them for eight bytes: none is likelier
ORDER = re.compile(f"[{ALPHABET}]{{8}}")
SHORT = re.compile(f"[{ALPHABET}]{{6}}")


def new_id(now: int) -> str:
    """Return a UUIDv7 (RFC 9562) as canonical text: ``now`` in ms, then 74 random bits."""
    if not 0 <= now < 1 << 48:
        raise ValueError(f"an id has 48 bits for its instant: {now} does not fit")
    bits = CHANCE.getrandbits(74)
    high, low = now << 16 | 7 << 12 | bits >> 62, 2 << 62 | bits & (1 << 62) - 1
    text = f"{high:016x}{low:016x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def new_secret() -> str:
    """Return 160 random bits as 32 letters and digits.

    Base32, because mail programs and messengers cut a link before a final ``-`` or ``_``.
    """
    return CHANCE.randbytes(32).translate(BASE32).decode()


def digest(secret: str) -> str:
    """Return what is stored in place of a secret: its SHA-256, 64 hex digits."""
    # A broken character in a link is a wrong secret and not a fault of ours.
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def unpadded(data: bytes) -> str:
    """Return base64 without its padding, as the browser's modules read it."""
    return b64encode(data).decode().rstrip("=")


def order_number(prefix: str, rng: Random = CHANCE) -> str:
    """Return the house's ``prefix`` and 8 characters (24 ** 8 = 1.1e11); the database refuses a doubled one."""
    return prefix + _drawn(8, rng)


def normalise_order(text: str, prefix: str) -> str:
    """Return the order's number that was typed, with or without the house's prefix, in any case and width.

    What cannot be one is returned as it is: nothing will be found by it.
    """
    plain = signs(text[:64]).replace("#", "").upper()
    own = plain.translate(LOOKALIKES)
    return prefix + own if ORDER.fullmatch(own) else plain[:-8] + plain[-8:].translate(LOOKALIKES)


def ticket_number(rng: Random = CHANCE) -> int:
    """Return 1 to 2 ** 53 - 1: what JSON carries to a browser without loss."""
    return rng.randint(1, 2**53 - 1)


def performance_number(rng: Random = CHANCE) -> int:
    """Return 1 to 2 ** 31 - 1: what an integer column holds."""
    return rng.randint(1, 2**31 - 1)


def short_number(rng: Random = CHANCE) -> str:
    """Return 6 characters for the usher to type, such as ``K7QM42``: unique per performance only.

    They admit nobody by themselves, so 24 ** 6 = 1.9e8 need not be unguessable, only rarely equal.
    """
    return _drawn(6, rng)


def shown_short(short: str) -> str:
    """Return ``K7QM 42`` for ``K7QM42``."""
    return f"{short[:4]} {short[4:]}"


def normalise_short(text: str) -> str:
    """Return the short number that was typed: any case, width, spaces, hyphens or look-alikes.

    Raises ValueError if it cannot be one.
    """
    # Cut first: normalising a megabyte of combining marks takes quadratic time.
    short = signs(text[:64]).upper().translate(LOOKALIKES)
    if not SHORT.fullmatch(short):
        raise ValueError("a short number has six letters and digits, such as K7QM 42")
    return short


def _drawn(length: int, rng: Random) -> str:
    """Draw once: each question to the system's randomness costs as much as a small statement."""
    drawn, base = rng.randrange(len(ALPHABET) ** length), len(ALPHABET)
    return "".join(ALPHABET[drawn // base**n % base] for n in range(length))
