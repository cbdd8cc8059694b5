"""The text of a file as plain values, and on which line each of them begins.

YAML of one meaning: 15:00, 2026-05-23, 0573 and no stay text, and nothing is an alias. JSON where
the file's name ends so. Whoever asks for a line asks the reader that found the values.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

import yaml

DEEPEST = 40  # levels; no file of ours has twelve
NUMBER = re.compile(r"-?\d+\.\d+(?:[eE][-+]?\d{1,3})?|-?\d+[eE][-+]\d{1,3}")
WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,17})")
PLAIN = {"true": True, "false": False, "null": None, "~": None, "": None}
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
ANCHOR = "anchors and aliases (& and *) are not read here: write the thing out where it is needed"


class Broken(ValueError):
    """The text cannot be read. ``line`` counts from 1, 0: not known."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


@dataclass(frozen=True, slots=True)
class Document:
    """``lines`` says on which line a place such as ``venues[0].halls[1].plan`` begins."""

    value: Any
    lines: Callable[[], dict[str, int]]


def read(data: bytes, *, as_json: bool) -> Document:
    """Raises Broken."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Broken(line, "this is no text in utf-8: save the file as UTF-8") from None
    return _json(text) if as_json else _yaml(text)


def inside(place: str, key: str | int) -> str:
    """Return the place of what is inside a place."""
    if isinstance(key, int):
        return f"{place}[{key}]"
    return f"{place}.{key}" if place else key


class _Twice(ValueError):
    pass


def _json(text: str) -> Document:
    try:
        value = json.loads(
            text,
            object_pairs_hook=_pairs,
            parse_constant=str,
            parse_int=_number,
            parse_float=_float,
        )
    except json.JSONDecodeError as error:
        raise Broken(error.lineno, f"{error.msg}, column {error.colno}") from None
    except RecursionError:
        raise Broken(1, f"nested deeper than {DEEPEST} levels") from None
    except _Twice:
        raise _twice_in(text) from None
    return Document(value, lambda: dict(_places(text)))


def _twice_in(text: str) -> Broken:
    seen: dict[str, int] = {}
    for place, line in _places(text):
        if place in seen:
            return _twice(line, place, seen[place])
        seen[place] = line
    raise AssertionError(text)


def _twice(line: int, place: str, first: int) -> Broken:
    return Broken(line, f"{place}: written twice, first on line {first}")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice
    return found


def _places(text: str) -> Iterator[tuple[str, int]]:
    """Yield each place of a JSON text that is right, with its line."""
    line = last = 0
    open_: list[tuple[str, str | int | None]] = []  # key: None where a name comes next
    for token in TOKEN.finditer(text):
        line, last = line + text.count("\n", last, token.start()), token.start()
        word, (place, key) = token[0], open_[-1] if open_ else ("", "")
        if word in "]}":
            open_.pop()
        elif word == ",":
            open_[-1] = place, key + 1 if isinstance(key, int) else None
        elif key is None:
            key = json.loads(word)
            open_[-1] = place, key
            yield inside(place, key), line + 1
        elif word != ":":
            here = inside(place, key) if open_ else ""
            if not isinstance(key, str) or not open_:
                yield here, line + 1
            if word in "{[":
                open_.append((here, None if word == "{" else 0))


def _yaml(text: str) -> Document:
    lines: dict[str, int] = {}
    try:
        reader = _Yaml(yaml.parse(text, Loader=yaml.CSafeLoader), lines)
        return Document(reader.document(), lambda: lines)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else -1
        raise Broken(line + 1, _said(error, text.split("\n"))) from None
    except yaml.YAMLError as error:  # a character that no text has
        at = getattr(error, "position", 0)
        raise Broken(
            text.encode().count(b"\n", 0, at) + 1, str(getattr(error, "reason", error))
        ) from None


def _said(error: yaml.MarkedYAMLError, lines: list[str]) -> str:
    mark = error.problem_mark
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    tab = " (there is a tab: indent with spaces)" if "\t" in line else ""
    return f"{error.problem}{tab}"


class _Yaml:
    """Composes the parser's events, one document of them."""

    def __init__(self, events: Iterator[yaml.Event], lines: dict[str, int]) -> None:
        self.events, self.lines = events, lines

    def document(self) -> Any:
        next(self.events)  # the stream begins
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return None
        value = self.value("", next(self.events), 0)
        next(self.events)  # the document ends
        if not isinstance(more := next(self.events), yaml.StreamEndEvent):
            raise Broken(_line(more), "but found another document: a file is one")
        return value

    def value(self, place: str, event: yaml.Event, depth: int) -> Any:
        self.lines.setdefault(place, _line(event))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Broken(_line(event), ANCHOR)
        if (tag := getattr(event, "tag", None)) and tag != "!":
            raise Broken(_line(event), f"the tag {tag} is not read here: leave it out")
        if depth > DEEPEST:
            raise Broken(_line(event), f"nested deeper than {DEEPEST} levels")
        if isinstance(event, yaml.MappingStartEvent):
            return dict(self.entries(place, depth + 1))
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self.items(place, depth + 1))
        return _scalar(event)

    def items(self, place: str, depth: int) -> Iterator[Any]:
        n = 0
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self.value(inside(place, n), event, depth)
            n += 1

    def entries(self, place: str, depth: int) -> Iterator[tuple[str, Any]]:
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise Broken(_line(event), "a field's name is a plain word")
            inner = inside(place, event.value)
            if first := self.lines.get(inner):
                raise _twice(_line(event), inner, first)
            self.lines[inner] = _line(event)
            yield event.value, self.value(inner, next(self.events), depth)


def _line(event: yaml.Event) -> int:
    return int(event.start_mark.line) + 1  # type: ignore[union-attr]


def _scalar(event: Any) -> Any:
    text = event.value
    if not event.implicit[0]:  # quoted
        return text
    return PLAIN[text] if text in PLAIN else _number(text)


def _number(text: str) -> int | float | str:
    """Return the number; a text that is none, or one that no machine holds, stays as it is."""
    if WHOLE.fullmatch(text):
        return int(text)
    return _float(text) if NUMBER.fullmatch(text) else text


def _float(text: str) -> float | str:
    return found if isfinite(found := float(text)) else text
