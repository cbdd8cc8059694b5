"""The ticket's code: 78 signed bytes as 119 characters, which is a QR code of 37 x 37 modules.

One byte of version and key, four of performance, eight of ticket, one of issue (big-endian), then
the Ed25519 signature of these 14 behind CONTEXT. The bytes are in base45 between FIRST and LAST.
A code that rotates carries a moment of 11 bytes behind them (see ``rotating``): 136 characters.
``static/js/door/token.js`` reads the same; ``tests/vectors/golden.json`` holds both to the same answers.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from struct import Struct
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ticketing.foundation import base45
from ticketing.foundation.typed_text import visible

VERSION = 1
CONTEXT = b"ticketing/ticket/1\x00"  # nothing else that our keys sign begins so
HEADER = Struct(">BIQB")
SIZE = HEADER.size + 64
MOMENT = 11

# Base45 may begin or end with a space, which forms and keyboard scanners trim. Letters are trimmed
# by nothing, where links lose a last dot, messengers their asterisks, and spreadsheets take a
# first + or - for a formula.
FIRST, LAST = "T", "Z"
LENGTH = len(FIRST) + SIZE * 3 // 2 + len(LAST)
SYMBOLOGY = re.compile(r"^\]Q[0-9]")  # the AIM identifier of a QR code
LENGTHS = (LENGTH, len(FIRST) + ((SIZE + MOMENT) * 3 + 1) // 2 + len(LAST))


class BrokenCode(ValueError):
    """The text is not a ticket's code, or was cut or changed on its way."""


class ForgedCode(ValueError):
    """The text is a ticket's code in form, but none of our keys signed it."""


@dataclass(frozen=True)
class TicketCode:
    """What is signed: key 0 to 15, performance 32 bits, ticket 64 bits, issue 8 bits."""

    key: int
    performance: int
    ticket: int
    issue: int

    def __post_init__(self) -> None:
        for name, number, width in (
            ("key", self.key, 4), ("performance", self.performance, 32),
            ("ticket", self.ticket, 64), ("issue", self.issue, 8),
        ):  # fmt: skip
            if number < 0 or number >> width:
                raise ValueError(f"{name} {number} does not fit into {width} bits")


class Reading(NamedTuple):
    """A text taken apart, *not verified*: its payload of 14 bytes, its signature of 64, its moment of
    11, which is empty in a code that does not rotate."""

    code: TicketCode
    payload: bytes
    signature: bytes
    moment: bytes


def sign(code: TicketCode, private: Ed25519PrivateKey, moment: bytes = b"") -> str:
    """Return the 119 characters for the QR code, 136 with a moment."""
    return FIRST + base45.encode(_payload(code) + signature(code, private) + moment) + LAST


def signature(code: TicketCode, private: Ed25519PrivateKey) -> bytes:
    """Return the 64 bytes, the same each time (RFC 8032)."""
    return private.sign(CONTEXT + _payload(code))


def read(text: str) -> Reading:
    """Raises BrokenCode."""
    whole = _decoded(_body(text))
    payload, signature, moment = whole[: HEADER.size], whole[HEADER.size : SIZE], whole[SIZE:]
    version_and_key, performance, ticket, issue = HEADER.unpack(payload)
    if version_and_key >> 4 != VERSION:
        raise BrokenCode(f"a ticket's code of version {version_and_key >> 4} is not known here")
    code = TicketCode(version_and_key & 15, performance, ticket, issue)
    return Reading(code, payload, signature, moment)


def check(reading: Reading, keys: Mapping[int, Ed25519PublicKey]) -> None:
    """Raise ForgedCode unless the key that the code names has signed it."""
    if reading.code.key not in keys:
        raise ForgedCode(f"key {reading.code.key} is none of ours")
    try:
        keys[reading.code.key].verify(reading.signature, CONTEXT + reading.payload)
    except InvalidSignature:
        raise ForgedCode("the signature is not ours") from None


def verify(text: str, keys: Mapping[int, Ed25519PublicKey]) -> TicketCode:
    """Return the code if the key that it names has signed it, else BrokenCode or ForgedCode."""
    reading = read(text)
    check(reading, keys)
    return reading.code


def _payload(code: TicketCode) -> bytes:
    return HEADER.pack(VERSION << 4 | code.key, code.performance, code.ticket, code.issue)


def _body(text: str) -> str:
    """Return the base45 between the frame.

    Undone is what happens between scanner and form and loses nothing: white space and what cannot be
    seen is added, a Chinese input method widens characters (Ａ for A, U+3000 for a space), a scanner says
    first what kind of code it read (]Q1) or types while Caps Lock is on. More would be guessing.
    """
    if len(text) > 3 * LENGTH:  # normalising a megabyte of combining marks takes quadratic time
        raise BrokenCode(f"{len(text)} characters are more than a ticket's code has")
    framed = unicodedata.normalize("NFKC", visible(text)).strip().upper()
    framed = SYMBOLOGY.sub("", framed)
    if len(framed) not in LENGTHS or (framed[0], framed[-1]) != (FIRST, LAST):
        raise BrokenCode(f"a ticket's code has {LENGTH} characters from {FIRST} to {LAST}")
    return framed[len(FIRST) : -len(LAST)]


def _decoded(body: str) -> bytes:
    try:
        return base45.decode(body)
    except ValueError as broken:
        raise BrokenCode(str(broken)) from None
