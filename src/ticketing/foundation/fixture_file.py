"""Fixture files: YAML or JSON that people write, read into typed Structs.

All that is wrong is said at once, each with file, line and field:
``fixtures/festival.yaml:41: performances[2].doors: ...``.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar, overload

import msgspec

from ticketing.foundation.fixture_form import Mistakes, build, unseen
from ticketing.foundation.fixture_text import Broken, Document, read

T = TypeVar("T")
U = TypeVar("U")
MOST = 60  # findings that are shown


class FixtureError(ValueError):
    """A fixture file is wrong; each of ``findings`` says where, why, and what would be right."""

    def __init__(self, *findings: str) -> None:
        more = [f"... and {len(findings) - MOST} more"] if len(findings) > MOST else []
        sum_ = [f"{len(findings)} mistakes in all"] if len(findings) > 1 else []
        super().__init__("\n".join([*findings[:MOST], *more, *sum_]))
        self.findings = findings


class WrongField(ValueError):
    """What a check of the whole file found: ``field`` such as ``venues[0].halls[1].plan``.

    ``beside``: the other places it was told from, a list whose names were looked up, or a number. Where
    one of them could not be read, it is not said.
    """

    def __init__(self, field: str, why: str, *beside: str) -> None:
        super().__init__(why)
        self.field = field
        self.beside = beside


Check = Callable[[Any], Iterable[WrongField | FixtureError]]


@overload
def load(
    path: Path, kind: type[T], check: Check | None = None, *, as_json: bool | None = None
) -> T: ...


@overload
def load(
    path: Path, kind: type[T], check: Check | None = None, *, use: Callable[[T], U],
    as_json: bool | None = None,
) -> U: ...  # fmt: skip


def load(
    path: Path, kind: type[T], check: Check | None = None, *,
    use: Callable[[T], Any] | None = None, as_json: bool | None = None,
) -> Any:  # fmt: skip
    """Return the file as ``kind``, or what ``use`` makes of it; raises FixtureError.

    ``check`` yields what is wrong in the whole. It is asked where single fields are wrong, too: then
    these hold whatever was written, or nothing. ``use`` is given only what is right; it may raise
    WrongField. JSON is read where the name ends so, or where it is said.
    """
    document = _read(path, as_json=path.suffix == ".json" if as_json is None else as_json)
    made, mistakes = _made(document.value, kind)
    others: list[str] = []
    for wrong in check(made) if check else ():
        if isinstance(wrong, FixtureError):
            others += wrong.findings
        elif not mistakes.hide(wrong.field, *wrong.beside):
            mistakes.add(wrong.field, str(wrong))
    if not mistakes.said and not others:
        try:
            return use(made) if use else made
        except WrongField as error:
            mistakes.add(error.field, str(error))
    raise FixtureError(*_findings(path, document, mistakes.said), *others)


def _made(value: Any, kind: type[T]) -> tuple[T, Mistakes]:
    mistakes, why = Mistakes(), ""
    if not unseen(value):
        try:
            return msgspec.convert(value, kind), mistakes
        except msgspec.ValidationError as error:
            why = str(error)
    made = build(value, kind, "", mistakes)
    if not mistakes.said:  # never seen: the parts say no where the whole does
        mistakes.add("", why)
    return made, mistakes


def shown(path: Path) -> str:
    """Return the path as the reader would type it."""
    here = Path.cwd()
    full = here / path
    return str(full.relative_to(here) if full.is_relative_to(here) else full)


def _read(path: Path, *, as_json: bool) -> Document:
    try:
        return read(path.read_bytes(), as_json=as_json)
    except OSError as error:
        raise FixtureError(f"{shown(path)}: {error.strerror}") from error
    except Broken as error:
        line = f":{error.line}" if error.line else ""
        raise FixtureError(f"{shown(path)}{line}: {error}") from None


def _findings(path: Path, document: Document, said: Sequence[tuple[str, str]]) -> list[str]:
    lines = document.lines()
    placed = sorted({(_line(lines, place), place, why) for place, why in said})
    return [
        f"{shown(path)}:{line}: {f'{place}: ' if place else ''}{why}" for line, place, why in placed
    ]


def _line(lines: dict[str, int], place: str) -> int:
    """Return the line of the place, or of what should have contained it."""
    while place not in lines and place:
        place = place[: max(place.rfind("."), place.rfind("["), 0)]
    return lines.get(place, 1)
