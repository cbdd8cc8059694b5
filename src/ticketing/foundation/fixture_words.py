"""What is said of a value that will not do, and what its type has to be, in words.

A type says it itself: ``Meta(extra={"must": "a sum in cents, 2400 for 24.00"})``, or its bounds do.
"""

import difflib
import re
import types
from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import fields

from ticketing.foundation.fixture_types import Both

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]"
)  # marks of direction may be meant
NAMES = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


def parts(kind: Any) -> tuple[Any, list[Meta]]:
    """Return the type without None, UNSET and its metas, and these."""
    metas: list[Meta] = []
    while True:
        if get_origin(kind) is Annotated:
            kind, *more = get_args(kind)
            metas = [*more, *metas]
        elif get_origin(kind) in (Union, types.UnionType):
            kind = next(each for each in get_args(kind) if not _absent(each))
        else:
            return kind, metas


def must(kind: Any) -> str:
    """Return in words what a value of this type has to be."""
    bare, metas = parts(kind)
    if said := next((m.extra["must"] for m in reversed(metas) if m.extra), ""):
        return str(said)
    if bare is Both:
        return "the text in the languages of the house: {zh: …, en: …}"
    if isinstance(bare, type) and issubclass(bare, Struct):
        needed = (f"{each.encode_name}: …" for each in fields(bare) if each.required)
        return f"{{{', '.join(needed)}}}"
    if get_origin(bare) in (list, tuple):
        return "a list: [" + ", ".join(_items(bare)) + "]"
    if get_origin(bare) is Literal:
        return "one of " + ", ".join(map(str, get_args(bare)))
    if isinstance(bare, type) and issubclass(bare, Enum):
        return "one of " + ", ".join(str(each.value) for each in bare)
    return NAMES.get(bare, "a mapping") + _range(metas)


def shown(value: Any) -> str:
    """Return the value as its writer knows it, in a few signs."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    text = value if isinstance(value, str) else str(value)
    text = UNSEEN.sub(named, text)
    return repr(text if len(text) <= 40 else f"{text[:39]}…") if isinstance(value, str) else text


def named(sign: re.Match[str]) -> str:
    return f"<{ord(sign[0]):04x}>"


def hint(value: Any, kind: Any) -> str:
    """Return how this value would be right, where that can be told."""
    bare, _ = parts(kind)
    if bare is int and isinstance(value, float) and "cents" in must(kind):
        return f" (here {round(value * 100)})"
    if bare is str and isinstance(value, int | float | bool):
        return f', in quotes: "{shown(value)}"'
    return ""


def unknown(name: str, known: Collection[str]) -> str:
    alike = [each for each in known if name in each or each in name]
    if near := [*difflib.get_close_matches(name, known, 1), *alike]:
        return f"there is no such field: is it {near[0]}?"
    return f"there is no such field: there are {', '.join(known)}"


def _items(bare: Any) -> list[str]:
    inner = get_args(bare)
    if inner[-1] is Ellipsis or get_origin(bare) is list:
        return [must(inner[0]), "…"]
    return [must(each) for each in inner]


def _range(metas: Iterable[Meta]) -> str:
    said = []
    for meta in metas:
        for name, words in (
            ("ge", "{} or more"), ("gt", "more than {}"), ("le", "{} at most"), ("lt", "less than {}"),
            ("max_length", "{} signs at most"),
        ):  # fmt: skip
            if (bound := getattr(meta, name)) is not None:
                said.append(words.format(bound))
    return f", {', '.join(said)}" if said else ""


def _absent(kind: Any) -> bool:
    return kind in (type(None), msgspec.UnsetType)
