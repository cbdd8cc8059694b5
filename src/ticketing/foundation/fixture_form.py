"""Values against the Structs they should be: every mistake at once, in words, and what is left of it.

Whether a value fits is msgspec's answer alone, asked piece by piece. What a piece should be stands
in its type: ``Meta(extra={"must": "a sum in cents, 2400 for 24.00"})``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, get_args, get_origin

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import FieldInfo, fields

from ticketing.foundation.fixture_text import inside
from ticketing.foundation.fixture_types import Both
from ticketing.foundation.fixture_words import (
    REFUSED,
    UNSEEN,
    hint,
    must,
    named,
    parts,
    shown,
    unknown,
)

EMPTY: dict[Any, Any] = {bool: False, int: 1, float: 1.0, str: ""}


@dataclass(slots=True)
class Mistakes:
    """``said``: place and sentence; ``lost``: places of which not even a wrong value is left, and
    ``lost_values``, texts and numbers, by which nothing is named."""

    said: list[tuple[str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    lost_values: list[str] = field(default_factory=list)

    def add(self, place: str, why: str) -> None:
        self.said.append((place, why))

    def hide(self, *places: str) -> bool:
        """Say whether one of the places, what it is in, or a name in it could not be read."""
        return any(
            place == lost or _within(place, lost) or (_within(lost, place) and lost in self.lost)
            for place in places
            for lost in (*self.lost, *self.lost_values)
        )


def build(value: Any, kind: Any, place: str, mistakes: Mistakes) -> Any:
    """Return the value as ``kind``, with what can be kept of a wrong one, and add its mistakes."""
    bare, metas = parts(kind)
    if value is None and _fits(None, kind):
        return None
    if isinstance(bare, type) and issubclass(bare, Struct):
        return _struct(value, bare, kind, place, mistakes)
    origin = get_origin(bare)
    if origin in (list, tuple):
        return _list(value, bare, metas, place, mistakes)
    if origin is dict and isinstance(value, dict):
        inner = get_args(bare)[1]
        return {k: build(v, inner, inside(place, k), mistakes) for k, v in value.items()}
    return _leaf(value, kind, bare, place, mistakes)


def unseen(value: Any) -> bool:
    """Say whether a text in it has a sign that cannot be seen."""
    if isinstance(value, str):
        return bool(REFUSED.search(value))
    if isinstance(value, dict):
        return any(map(unseen, value)) or any(map(unseen, value.values()))
    return isinstance(value, list) and any(map(unseen, value))


def _struct(
    value: Any, bare: type[Struct], kind: Any, place: str, mistakes: Mistakes
) -> Struct | None:
    if not isinstance(value, dict):
        mistakes.add(place, f"{shown(value)} will not do: write {must(kind)}")
        (mistakes.lost_values if bare is Both else mistakes.lost).append(place)
        value = None
    known = {each.encode_name: each for each in fields(bare)}
    for name in value or ():
        if name not in known:
            mistakes.add(inside(place, UNSEEN.sub(named, name)), unknown(name, known))
    if value is None:
        mistakes = Mistakes()  # said once, of all of it
    elif bare is Both:
        mistakes = Mistakes(mistakes.said, mistakes.lost_values, mistakes.lost_values)
    values = {each.name: _field(value or {}, each, place, mistakes) for each in known.values()}
    return bare(**values)


def _field(value: Mapping[str, Any], info: FieldInfo, place: str, mistakes: Mistakes) -> Any:
    here = inside(place, info.encode_name)
    if info.encode_name in value:
        return build(value[info.encode_name], info.type, here, mistakes)
    if not info.required:
        return info.default if info.default_factory is msgspec.NODEFAULT else info.default_factory()
    mistakes.add(here, f"is missing: write {must(info.type)}")
    numbers = parts(info.type)[0] in (int, float, bool)
    (mistakes.lost_values if numbers else mistakes.lost).append(here)
    return build(_nothing(info.type), info.type, here, Mistakes())


def _list(value: Any, bare: Any, metas: list[Meta], place: str, mistakes: Mistakes) -> Any:
    into, inner = get_origin(bare), get_args(bare)
    if wrong := not _fits(value, _with(_sized(bare), metas)):
        mistakes.add(place, f"{shown(value)} will not do: write {must(_with(bare, metas))}")
    if not isinstance(value, list):
        mistakes.lost.append(place)
        value = []
    if into is tuple and inner[-1] is not Ellipsis:  # of a fixed length, such as a point
        if wrong:
            mistakes.lost.append(place)
            value, mistakes = [_nothing(each) for each in inner], Mistakes()
        kinds: Iterable[Any] = inner
    else:
        kinds = [inner[0]] * len(value)
    return into(
        build(each, kind, inside(place, n), mistakes)
        for n, (each, kind) in enumerate(zip(value, kinds, strict=True))
    )


def _leaf(value: Any, kind: Any, bare: Any, place: str, mistakes: Mistakes) -> Any:
    if isinstance(value, str) and (found := REFUSED.search(value)):
        sign = f"U+{ord(found[0]):04X}"
        mistakes.add(place, f"{shown(value)} has a sign that cannot be seen ({sign}): take it out")
        return value
    if _fits(value, kind):
        return msgspec.convert(value, kind)
    mistakes.add(place, f"{shown(value)} will not do: write {must(kind)}{hint(value, kind)}")
    if type(value) is bare:
        return value
    (mistakes.lost_values if bare in (int, float, bool) else mistakes.lost).append(place)
    return EMPTY.get(bare, value)


def _fits(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except (msgspec.ValidationError, UnicodeEncodeError):  # half a sign: "\ud800"
        return False
    return True


def _sized(bare: Any) -> Any:
    """Return a list type of the same length, of anything."""
    inner = get_args(bare)
    if get_origin(bare) is tuple and inner[-1] is not Ellipsis:
        return tuple[tuple(Any for _ in inner)]  # type: ignore[misc]
    return list[Any]


def _with(bare: Any, metas: list[Meta]) -> Any:
    return Annotated[bare, *metas] if metas else bare


def _nothing(kind: Any) -> Any:
    bare, _ = parts(kind)
    return EMPTY.get(bare, [] if get_origin(bare) in (list, tuple) else {})


def _within(place: str, outer: str) -> bool:
    return not outer or place.startswith((f"{outer}.", f"{outer}["))
