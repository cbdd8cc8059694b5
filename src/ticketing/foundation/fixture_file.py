"""Fixture files: YAML that people write, read into typed Structs.

An error names file, line and field: ``fixtures/festival.yaml:41: performances[2].doors: ...``.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import msgspec
import yaml
from typing_extensions import override

T = TypeVar("T")
TAG = "tag:yaml.org,2002:"
SCALARS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": "true".__eq__,
    "null": lambda _: None,
}


class FixtureError(ValueError):
    """A fixture file is wrong; the text says where and why."""


class WrongField(ValueError):
    """What a check of the whole file found: ``field`` such as ``venues[0].halls[1].plan``."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


class PlainLoader(yaml.SafeLoader):
    """YAML of one meaning: 15:00, 2026-05-23, 0573 and no stay text, and nothing is an alias."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # type: ignore[misc]

    @override
    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None):
            raise _at(event.start_mark, "anchors and aliases are not read here")
        return super().compose_node(parent, index)


for _tag, _pattern, _first in (
    ("bool", "true|false", "tf"),
    ("null", "null|~|", ["n", "~", ""]),
    ("int", r"-?(?:0|[1-9]\d{0,17})", "-0123456789"),
    ("float", r"-?\d{1,17}\.\d{1,17}", "-0123456789"),
):
    PlainLoader.add_implicit_resolver(TAG + _tag, re.compile(f"(?:{_pattern})$"), list(_first))


def load(path: Path, kind: type[T], check: Callable[[T], None] | None = None) -> T:
    """Return the file as ``kind``; raises FixtureError. ``check`` raises WrongField."""
    lines: dict[str, int] = {}
    try:
        result = msgspec.convert(_read(path, lines), kind)
        if check:
            check(result)
        return result
    except OSError as error:
        raise FixtureError(f"{shown(path)}: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FixtureError(shown(path) + _broken(error)) from error
    except msgspec.ValidationError as error:
        place, why = _misfit(str(error))
    except WrongField as error:
        place, why = f"$.{error.field}", str(error)
    raise FixtureError(f"{shown(path)}:{_line(lines, place)}: {place.removeprefix('$.')}: {why}")


def shown(path: Path) -> str:
    """Return the path as the reader would type it."""
    here = Path.cwd()
    full = here / path
    return str(full.relative_to(here) if full.is_relative_to(here) else full)


def _read(path: Path, lines: dict[str, int]) -> Any:
    loader = PlainLoader(path.read_text(encoding="utf-8"))
    node = loader.get_single_node()
    return None if node is None else _plain(node, "$", lines)


def _plain(node: yaml.Node, place: str, lines: dict[str, int]) -> Any:
    """Return plain values, and write down on which line each place begins."""
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return dict(_entry(key, value, place, lines) for key, value in node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, f"{place}[{n}]", lines) for n, item in enumerate(node.value)]
    if reader := SCALARS.get(node.tag.removeprefix(TAG)):
        return reader(node.value)
    raise _at(node.start_mark, f"the tag {node.tag} is not read here")


def _entry(key: yaml.Node, value: yaml.Node, place: str, lines: dict[str, int]) -> tuple[str, Any]:
    if not isinstance(key, yaml.ScalarNode):
        raise _at(key.start_mark, "a field's name is a plain word")
    inner = f"{place}.{key.value}"
    if first := lines.get(inner):
        raise _at(key.start_mark, f"{inner[2:]}: written twice, first on line {first}")
    lines[inner] = key.start_mark.line + 1
    return key.value, _plain(value, inner, lines)


def _at(mark: Any, why: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=why, problem_mark=mark)


def _broken(error: Exception) -> str:
    """Return ``:line: why`` as far as the parser knows them."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f":{error.problem_mark.line + 1}: {error.problem}"
    return f": {' '.join(str(error).split())}"


def _misfit(text: str) -> tuple[str, str]:
    """Return place and reason of msgspec's "reason - at `place`"."""
    why, _, at = text.partition(" - at ")
    place = at.rpartition("`$")[2].rstrip("`")
    field = re.search("(?:unknown|required) field `(.+)`", why)
    return f"${place}" + (f".{field[1]}" if field else ""), why


def _line(lines: dict[str, int], place: str) -> int:
    """Return the line of the place, or of what should have contained it."""
    while place not in lines and place != "$":
        place = re.sub(r"(\.[^.\[]*|\[[^\[]*\]|[^.\[]+)$", "", place)
    return lines.get(place, 1)
