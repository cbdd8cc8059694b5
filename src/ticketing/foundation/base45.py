"""Base45 (RFC 9285): bytes in the 45 characters that a QR code packs into 5.5 bits each."""

from struct import error, pack

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
PAIRS = [low + high for high in ALPHABET for low in ALPHABET]  # the least digit stands first
FROM_PAIR = {pair: number for number, pair in enumerate(PAIRS)}
FROM_THIRD = {"": 0} | {third: place * 2025 for place, third in enumerate(ALPHABET)}


def encode(plain: bytes) -> str:
    """Return three characters for each two bytes and two for an odd last one."""
    return "".join(_characters(plain[start : start + 2]) for start in range(0, len(plain), 2))


def decode(text: str) -> bytes:
    """Return the bytes; ValueError for other characters, lengths or overflow."""
    if len(text) % 3 == 1:
        raise ValueError(f"base45 text is never {len(text)} characters long")
    whole = len(text) // 3
    try:
        numbers = [
            FROM_PAIR[text[start : start + 2]] + FROM_THIRD[text[start + 2]]
            for start in range(0, whole * 3, 3)
        ]
        return pack(f">{whole}H", *numbers) + (_bytes(text[whole * 3 :]) if len(text) % 3 else b"")
    except (KeyError, error):  # somewhere in it is what is none
        return b"".join(_bytes(text[start : start + 3]) for start in range(0, len(text), 3))


def _characters(chunk: bytes) -> str:
    number = int.from_bytes(chunk, "big")
    return PAIRS[number % 2025] + ALPHABET[number // 2025] if len(chunk) == 2 else PAIRS[number]


def _bytes(chunk: str) -> bytes:
    try:
        number = FROM_PAIR[chunk[:2]] + FROM_THIRD[chunk[2:]]
        return number.to_bytes(len(chunk) - 1, "big")
    except KeyError:
        raise ValueError(f"{chunk!r} has a character outside base45") from None
    except OverflowError:
        raise ValueError(f"{chunk!r} stands for more than {len(chunk) - 1} bytes") from None
