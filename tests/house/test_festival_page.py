"""docs/festival-file.md says what the program checks."""

import importlib.util
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from ticketing.foundation.fixture_types import Both
from ticketing.foundation.resources import directory
from ticketing.world.schema import FestivalFile

ROOT = Path(__file__).parents[2]


def tool() -> Any:
    spec = importlib.util.spec_from_file_location(
        "festival_page", ROOT / "tools" / "festival_page.py"
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_current() -> None:
    page = (ROOT / "docs" / "festival-file.md").read_text(encoding="utf-8")
    assert page == tool().page(), "run: .venv/bin/python tools/festival_page.py"


def structs(kind: type[Struct]) -> set[type[Struct]]:
    """Return every Struct that a file is made of."""
    inner = {tool().struct_in(each.type) for each in fields(kind)} - {None, Both}
    return {kind}.union(*map(structs, inner))


def test_every_part_of_the_file_is_described_and_so_is_the_schema() -> None:
    assert all(kind.__doc__ for kind in structs(FestivalFile))
    schema = (directory("fixtures") / "festival.schema.json").read_text(encoding="utf-8")
    assert all(" ".join((kind.__doc__ or "").split())[:60] in " ".join(schema.split())
               for kind in structs(FestivalFile))  # fmt: skip
