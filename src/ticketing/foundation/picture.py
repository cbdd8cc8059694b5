"""A picture that somebody hands in: what it is by its content, and nothing that could act."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from xml.parsers import expat

LARGEST = 4_000_000  # bytes
MAGIC = {  # how it begins and how it ends
    "png": (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
    "jpeg": (b"\xff\xd8\xff", b"\xff\xd9"),
    "webp": (b"RIFF", b""),
}
ENDINGS = {"png": "png", "jpeg": "jpg", "webp": "webp", "svg+xml": "svg"}
ACTS = {"script", "foreignObject", "iframe", "object", "embed", "handler", "set", "animate", "a"}
INSIDE = re.compile(r"\s*(#|data:image/(png|jpeg|webp|gif);base64,)")
OUTSIDE = re.compile(
    r"@import|url\(\s*['\"]?(?!#|data:image/)|expression\(|javascript:", re.IGNORECASE
)


class NoPicture(ValueError):
    """The text says why, and what would be one."""


class Picture(NamedTuple):
    """``name``: what it is called, with its content's digest and its true ending."""

    name: str
    media_type: str
    body: bytes


def picture(path: Path) -> Picture:
    """Raises NoPicture, and OSError where there is no such file."""
    if path.stat().st_size > LARGEST:
        raise NoPicture(f"{path.name} is larger than 4 MB: make it smaller, 1200 wide is enough")
    body = path.read_bytes()
    kind = _kind(body)
    if kind is None:
        raise NoPicture(f"{path.name} is no picture: give a PNG, JPEG, WebP or SVG")
    if kind == "svg+xml":
        _check_drawing(path.name, body)
    stem = re.sub("[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:60] or "poster"
    name = f"{stem}-{sha256(body).hexdigest()[:12]}.{ENDINGS[kind]}"
    return Picture(name, f"image/{kind}", body)


def _kind(body: bytes) -> str | None:
    for kind, (begins, ends) in MAGIC.items():
        if body.startswith(begins) and ends in body[-64:]:
            return kind if kind != "webp" or body[8:12] == b"WEBP" else None
    return "svg+xml" if b"<svg" in body[:4000] else None


def _check_drawing(name: str, body: bytes) -> None:
    """Read it with a parser that stops at a DOCTYPE, so that nothing in it is expanded or fetched."""
    parser = expat.ParserCreate(namespace_separator="}")
    tags: list[str] = []

    def doctype(*_: Any) -> None:
        raise NoPicture(f"{name} has a DOCTYPE: save it as a plain SVG")

    def begins(tag: str, attributes: dict[str, str]) -> None:
        tags.append(_plain(tag))
        if tags[0] != "svg":
            raise NoPicture(f"{name} is no SVG: it begins with {tags[0]}")
        if tags[-1] in ACTS:
            raise NoPicture(
                f"{name} has <{tags[-1]}> in it: save it without scripts, links, motion"
            )
        for attribute, value in attributes.items():
            _check_attribute(name, _plain(attribute), value)

    def text(value: str) -> None:
        if tags[-1] == "style" and OUTSIDE.search(value):
            raise NoPicture(f"{name} fetches something from elsewhere in its style: put it inside")

    parser.buffer_text = True
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = doctype, begins
    parser.CharacterDataHandler = text
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, NoPicture):
            raise
        raise NoPicture(f"{name} is no SVG that can be read: {error}") from None


def _check_attribute(name: str, attribute: str, value: str) -> None:
    if attribute.lower().startswith("on"):
        raise NoPicture(f"{name} has {attribute}=… in it: save it without scripts")
    if attribute == "href" and not INSIDE.match(value):
        raise NoPicture(f"{name} points to {value[:40]!r}: put the picture inside the file")
    if OUTSIDE.search(value):
        raise NoPicture(f"{name} fetches something from elsewhere ({attribute}): put it inside")


def _plain(name: str) -> str:
    return name.rpartition("}")[2]
