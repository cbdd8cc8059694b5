"""Write docs/festival-file.md: every field of a festival's file, from the Structs that read it.

.venv/bin/python tools/festival_page.py
"""

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from ticketing.foundation.fixture_types import Both
from ticketing.foundation.fixture_words import must, parts
from ticketing.world.schema import FestivalFile

PAGE = Path(__file__).parents[1] / "docs" / "festival-file.md"
HEAD = """\
# The festival's file, field by field

This page is made by `tools/festival_page.py` from the program itself; what is said here is what is checked.

`ticketing seed FILE` reads one YAML file (or JSON, where its name ends so) and stores it: see
[operations](operations.md#what-seed-does). [fixtures/festival.yaml](../fixtures/festival.yaml) is a whole
one to start from. Beside it lie the seating plans it names and a folder `posters/`. All that is wrong is
said in one run, each with file, line and field, and then nothing is stored.

- **Texts** are written `{zh: 水门, en: The Water Gate}`: one in each language of `house.languages`.
- **Sums** are in hundredths, cents or fen, without a point: 24.00 is `2400`.
- **Times** are the venue's: `2027-01-16 20:00`. A demo counts from the moment of loading: `today+2 19:30`,
  `now+40m`, and its slugs end in `{date}` or `{date}-{time}`.
- **Slugs** name things in addresses and inside the file: small letters, digits and hyphens. A thing keeps
  its slug for ever; another slug is another thing.
- A field in **bold** is needed; the others may be left out, and then have what stands under *left out*.
- Of a seating plan a price list names the **sections**, and a row's wheelchair and companion places are
  numbers of that row: [fixtures/plans](../fixtures/plans) shows it, `fixtures/plan.schema.json` says it.
- No anchors, no tags, no tabs before a line; `yes` and `no` are texts, `true` and `false` are not.
"""


def page() -> str:
    return "\n".join([HEAD, *sections(FestivalFile, "", set())])


def sections(kind: type[Struct], name: str, seen: set[type]) -> Iterator[str]:
    """Yield a table for the Struct, then one for each that is met in it for the first time."""
    seen.add(kind)
    yield f"## {name or 'The file'}\n\n{said(kind)}\n"
    yield "| field | what it is | left out |\n|---|---|---|"
    yield from map(row, fields(kind))
    yield ""
    for each in fields(kind):
        inner = struct_in(each.type)
        if inner and inner not in seen and inner is not Both:
            yield from sections(inner, f"{name}.{each.encode_name}".strip("."), seen)


def said(kind: type[Struct]) -> str:
    return " ".join((kind.__doc__ or "").split())


def row(each: FieldInfo) -> str:
    name = f"**{each.encode_name}**" if each.required else each.encode_name
    words = [text for text in (description(each.type), value(each.type)) if text]
    left_out = "" if each.required else default(each)
    return f"| {name} | {' '.join(words)} | {left_out} |".replace("  ", " ")


def description(kind: Any) -> str:
    _, metas = parts(kind)
    return next((meta.description for meta in metas if meta.description), "")


def value(kind: Any) -> str:
    """Return what may be written, in words."""
    bare, _ = parts(kind)
    inner = struct_in(kind)
    if inner is Both:
        return "A list of texts." if get_origin(bare) in (list, tuple) else "A text."
    if inner:
        return "A list of these, see below." if bare is not inner else "See below."
    text = must(kind)
    return f"{text[0].upper()}{text[1:]}."


def struct_in(kind: Any) -> type[Struct] | None:
    bare, _ = parts(kind)
    if get_origin(bare) in (list, tuple):
        bare, _ = parts(get_args(bare)[0])
    return bare if isinstance(bare, type) and issubclass(bare, Struct) else None


def default(each: FieldInfo) -> str:
    found = each.default
    if found is msgspec.NODEFAULT:
        found = each.default_factory()
    if isinstance(found, Enum):
        return f"`{found.value}`"
    if isinstance(found, bool):
        return f"`{str(found).lower()}`"
    if found is None or found in ("", (), []) or isinstance(found, Both):
        return "none"
    return f"`[{', '.join(found)}]`" if isinstance(found, tuple) else f"`{found}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE}")
