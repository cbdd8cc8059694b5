"""Seating plans as other programs write them: taken in, or refused in their own words."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage import Stage
from ticketing.desk.db import Tx
from ticketing.drawings.seat_map import plan_fragments, seat_map
from ticketing.drawings.view import view_drawing
from ticketing.foundation.fixture_file import FixtureError
from ticketing.seating.exchange import (
    read_ours,
    read_pretix,
    take_in,
    write_ours,
    write_pretix,
)
from ticketing.seating.plan import Plan, label
from ticketing.seating.slugs import slug
from ticketing.seating.store import fingerprint
from ticketing.venues.models import Hall, Venue

Doc = dict[str, Any]


def a_seat(guid: str, x: float, number: str = "1", **more: Any) -> Doc:
    return {"seat_guid": guid, "seat_number": number, "category": "Stalls",
            "position": {"x": x, "y": 0}} | more  # fmt: skip


def a_row(name: str, y: float, seats: list[Doc] | int = 3, **more: Any) -> Doc:
    if isinstance(seats, int):
        seats = [a_seat(f"{name}-{y}-{n}", 55 * n, str(n + 1)) for n in range(seats)]
    return {"row_number": name, "seats": seats, "position": {"x": 100, "y": y}} | more


def an_area(text: str, shape: str = "text", **more: Any) -> Doc:
    words = {"text": text, "position": {"x": 0, "y": 0}}
    return {"shape": shape, "text": words, "position": {"x": 150, "y": -150}} | more


def a_zone(*rows: Doc, name: str = "Main", areas: list[Doc] | None = None, **more: Any) -> Doc:
    zone = {"name": name, "position": {"x": 0, "y": 0}, "rows": list(rows)}
    return zone | ({"areas": areas} if areas else {}) | more


def a_plan(*zones: Doc, name: str = "House", **more: Any) -> Doc:
    return {"name": name, "categories": [{"name": "Stalls", "color": "papayawhip"}],
            "zones": list(zones), "size": {"width": 600, "height": 500}} | more  # fmt: skip


HOUSE = a_plan(a_zone(a_row("A", 0), a_row("B", 90)))


def file(folder: Path, document: Doc | str | bytes, **dump: Any) -> Path:
    path = folder / "hall.json"
    text = json.dumps(document, **dump) if isinstance(document, dict) else document
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def plan(folder: Path, document: Doc | str | bytes, **dump: Any) -> Plan:
    """Return the plan; whatever is taken in can be drawn, seen from each seat, and written down."""
    found = read_pretix(file(folder, document, **dump))
    for lang in ("zh", "en"):
        seat_map(plan_fragments(found, lang), {})
    assert all(view_drawing(found, seat, "zh") for seat in found.seats)
    return found


def refused(folder: Path, document: Doc | str | bytes, **dump: Any) -> list[str]:
    with pytest.raises(FixtureError) as refusal:
        plan(folder, document, **dump)
    return list(refusal.value.findings)


# --- what is said twice ---------------------------------------------------------------------------


def test_each_doubled_guid_is_named_with_both_places_and_its_line(tmp_path: Path) -> None:
    rows = [a_row("A", 0, [a_seat("a", 9.2e-14), a_seat("b", 55, "2"), a_seat("a", 110, "3")]),
            a_row("B", 90, [a_seat("b", 0), a_seat("c", 55, "2")])]  # fmt: skip
    for indent in (1, "\t"):
        said = refused(tmp_path, a_plan(a_zone(*rows)), indent=indent)
        text = (tmp_path / "hall.json").read_text().split("\n")
        lines = [n for n, line in enumerate(text, 1) if '"seat_guid"' in line]
        where = "zones[0].rows[{}].seats[{}].seat_guid: guid {} is there twice, first at zones[0].rows[0].seats[{}]"
        assert [each.partition("hall.json:")[2] for each in said] == [
            f"{lines[2]}: {where.format(0, 2, 'a', 0)}", f"{lines[3]}: {where.format(1, 0, 'b', 1)}",
        ]  # fmt: skip


def test_two_seats_that_say_the_same_are_refused_with_their_names(tmp_path: Path) -> None:
    def zone(name: str, at: int) -> Doc:
        rows = [a_row(row, at + y) for row, y in (("A", 0), ("B", 90))]
        for row in rows:
            for seat in row["seats"]:
                seat["seat_guid"] = f"{at}-{seat['seat_guid']}"
        return a_zone(*rows, name=name)

    assert len(plan(tmp_path, a_plan(zone("Left", 0), zone("Right", 300))).seats) == 12
    said = refused(tmp_path, a_plan(zone("Main", 0), zone("Main", 300)))
    assert len(said) == 6
    assert '"Main, Stalls, row A, seat 1" is said by two seats, 300-A-300-0 and 0-A-0-0' in said[0]
    assert "zones[1].rows[0].seats[0].seat_number" in said[0]


def test_a_row_in_two_blocks_is_one_row_to_read(tmp_path: Path) -> None:
    right = a_row("A", 0, [a_seat(f"r{n}", 400 + 55 * n, str(n + 4)) for n in range(3)])
    found = plan(tmp_path, a_plan(a_zone(a_row("A", 0), right)))
    said = [label(seat, found.section(seat.section), "zh") for seat in found.seats]
    assert said == [f"Main · Stalls A 排 {n} 号" for n in range(1, 7)]
    assert len({seat.id for seat in found.seats}) == 6


def test_seats_of_another_section_part_neighbours(tmp_path: Path) -> None:
    seats = [a_seat(f"s{n}", 55 * n, str(n + 1), category="Dear" if n in (2, 3) else "Stalls")
             for n in range(6)]  # fmt: skip
    found = plan(tmp_path, a_plan(a_zone(a_row("A", 0, seats))))
    assert sorted(len(block) for block in found.blocks) == [2, 2, 2]


# --- geometry without a length --------------------------------------------------------------------


@pytest.mark.parametrize("more", [
    {}, {"shape": "rectangle", "rectangle": {"width": 0, "height": 0}},
    {"shape": "rectangle", "rectangle": {"width": 0, "height": 400}},
    {"shape": "circle", "circle": {"radius": 0}}, {"shape": "polygon", "polygon": {"points": []}},
    {"rotation": 90},
])  # fmt: skip
def test_a_stage_without_a_size_is_a_point_to_look_at(tmp_path: Path, more: Doc) -> None:
    found = plan(
        tmp_path, a_plan(a_zone(a_row("A", 0), a_row("B", 90), areas=[an_area("BÜHNE", **more)]))
    )
    assert found.stage is None
    assert len(found.focal) == 2
    assert [mark.name["zh"] for mark in found.marks] == ["BÜHNE"]
    assert all(0 < seat.quality < 1 for seat in found.seats)


def test_a_stage_of_negative_measures_is_a_stage(tmp_path: Path) -> None:
    area = an_area("Stage", "rectangle", rectangle={"width": -600, "height": -300})
    found = plan(tmp_path, a_plan(a_zone(a_row("A", 0), areas=[area])))
    assert found.stage
    assert (found.stage.width, found.stage.depth) == (6, 3)


@pytest.mark.parametrize("document", [
    a_plan(a_zone(a_row("A", 0, 1))),
    a_plan(a_zone(a_row("A", 0, 1), areas=[an_area("Stage")])),
    a_plan(a_zone(a_row("A", 0, [a_seat("a", 50)]), areas=[an_area("Stage", position={"x": 150, "y": 0})])),
    a_plan(a_zone(a_row("A", 0), a_row("B", 90, 0)), a_zone(name="empty")),
    a_plan(a_zone(a_row("A", 0)), categories=[]),
    a_plan(a_zone(a_row("前 排", 0), a_row("左/1", 90), a_row("", 180))),
    a_plan(a_zone(a_row("A", 0, [a_seat("a", 0, "A" * 26), a_seat("b", 55, "123456789012")]))),
    a_plan(a_zone(a_row("A", 0, [a_seat("a", 0, "100000"), a_seat("b", 55, "100001")]))),
    a_plan(a_zone(a_row("A", 0, [a_seat("a", 0, "1"), a_seat("b", 55, "500")]))),
    a_plan(a_zone(a_row("A", 0, [a_seat("a", 0, ""), a_seat("b", 55, "")]))),
    a_plan(a_zone(a_row("A", 0, [a_seat("a", 0, category="Lawn"), a_seat("b", 2, "2", category="Lawn"),
                                 a_seat("c", 9, "3", category="Lawn")]))),
    a_plan(a_zone(a_row("A", 0, 30), a_row("B", 90, 30), areas=[an_area("Bar", position={"x": 9e6, "y": 0})])),
    a_plan(a_zone(a_row("R", 0, row_label="Reihe %s", seat_label="Platz %s")), name="大剧院"),
    a_plan(a_zone(a_row("A", 0, [a_seat(f"s{n}", 0.3 * n, str(n + 1)) for n in range(4)], position={"x": 0, "y": 0}))),
])  # fmt: skip
def test_what_is_taken_in_goes_out_and_comes_back_as_the_same_version(
    tmp_path: Path, document: Doc, world: Stage
) -> None:
    here = plan(tmp_path, document)
    came_back(world, tmp_path, here)


def came_back(world: Stage, folder: Path, here: Plan) -> None:
    """Take the plan in, write it out in each format, and take that in: nothing has changed."""
    assert world.desk.write_now(take_in, here, "", by="test") == 1
    for text in (write_ours, write_pretix):
        written = world.desk.read_now(text, here.name)
        if isinstance(written, str):
            (folder / "again.yaml").write_text(written, encoding="utf-8")
            again = read_ours(folder / "again.yaml")
        else:
            (folder / "side.json").write_text(written[1], encoding="utf-8")
            again = read_pretix(file(folder, written[0]), folder / "side.json")
        assert fingerprint(again) == fingerprint(here)
        assert world.desk.write_now(take_in, again, "", by="test") == 1


NAMES = st.text(st.sampled_from("AZ09 -/.·排座é大小剧院场一二等"), min_size=1, max_size=26).map(
    str.strip
)


SOME_NAMES = st.lists(
    NAMES | st.integers(1, 10**12).map(str), min_size=1, max_size=5, unique_by=str.casefold
)


@given(rows=SOME_NAMES, name=NAMES, numbers=SOME_NAMES)
def test_any_names_that_are_taken_in_are_within_the_limits_of_our_own_format(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str], name: str, numbers: list[str]
) -> None:
    import yaml

    folder = tmp_path_factory.mktemp("names")
    seats = [[a_seat(f"{r}-{n}", 55 * n, number) for n, number in enumerate(numbers)]
             for r in range(len(rows))]  # fmt: skip
    zone = a_zone(*(a_row(row, 90 * r, seats[r]) for r, row in enumerate(rows)), name=name)
    try:
        here = read_pretix(file(folder, a_plan(zone, name=name)))
    except FixtureError:
        return  # names that say the same or nothing: a sentence
    ours = {field: value for field, value in here.source.items() if field != "pretix"}
    (folder / "again.yaml").write_text(yaml.safe_dump(ours, allow_unicode=True), encoding="utf-8")
    assert fingerprint(read_ours(folder / "again.yaml")) == fingerprint(here)


def test_a_plan_of_pretix_keeps_areas_labels_and_row_names(tmp_path: Path, world: Stage) -> None:
    areas = [
        an_area("", "ellipse", ellipse={"radius": {"x": 9, "y": 5}}, color="red"),
        an_area("Bar"),
    ]
    rows = (a_row("R", 0, row_label="Reihe %s", seat_label="Platz %s"), a_row("7a", 90))
    document = a_plan(a_zone(*rows, areas=areas))
    here = plan(tmp_path, document)
    world.desk.write_now(take_in, here, "", by="test")
    written, _ = world.desk.read_now(write_pretix, here.name)
    assert json.loads(written) == document


# --- identity -------------------------------------------------------------------------------------


def test_two_houses_are_two_halls_with_their_own_names(tmp_path: Path, world: Stage) -> None:
    big, small = (plan(tmp_path, a_plan(a_zone(a_row("A", 0, n)), name=name))
                  for name, n in (("大剧院", 5), ("小剧场", 4)))  # fmt: skip
    for each in (big, small, big):
        assert world.desk.write_now(take_in, each, "", by="test") == 1
    assert not {seat.id for seat in big.seats} & {seat.id for seat in small.seats}
    assert {"大剧院", "小剧场"} <= set(world.desk.read_now(hall_names))


def hall_names(tx: Tx) -> list[str]:
    import sqlalchemy as sa

    return [name["zh"] for name in tx.execute(sa.select(Hall.name)).scalars()]


def test_a_plan_of_a_venues_name_changes_nothing_of_the_venue(tmp_path: Path, world: Stage) -> None:
    import sqlalchemy as sa

    venues = sa.select(Venue.__table__).order_by(Venue.slug)
    before = list(world.ask(venues))
    slug_ = before[0].slug
    world.desk.write_now(
        take_in, plan(tmp_path, a_plan(HOUSE["zones"][0], name=slug_)), "", by="test"
    )
    assert list(world.ask(venues)) == before


@given(st.lists(NAMES.filter(bool), min_size=2, max_size=2, unique_by=lambda name: " ".join(
    name.casefold().replace("-", " ").split())))  # fmt: skip
def test_two_names_are_two_keys(names: list[str]) -> None:
    keys = {slug(name) for name in names}
    assert len(keys) == 2 or not all(names)
    assert all(len(key) <= 40 for key in keys)


def test_sections_are_told_apart_by_all_of_their_names(tmp_path: Path) -> None:
    def halls(*tiers: str) -> set[str]:
        rows = [a_row(f"R{n}", 90 * n) for n in range(len(tiers))]
        for row, tier in zip(rows, tiers, strict=True):
            for seat in row["seats"]:
                seat["category"] = tier
        return {
            section.key for section in plan(tmp_path, a_plan(a_zone(*rows, name="池座"))).sections
        }

    assert halls("一等", "二等") == halls("二等", "一等")
    assert len(halls("一等", "二等", "·")) == 3


# --- what cannot be read or cannot be ------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (a_plan(), "zones: there is not one seat in this plan"),
        (a_plan(a_zone()), "zones: there is not one seat in this plan"),
        (a_plan(a_zone(a_row("A", 0, 0))), "zones: there is not one seat in this plan"),
        (a_plan(a_zone(a_row("A", 0, [a_seat("a", 0), a_seat("b", 0, "2")]))),
         "zones[0].rows[0].seats[1].position: b stands on the spot of a (zones[0].rows[0].seats[0])"),
        (a_plan(a_zone(a_row("A", 0, [a_seat("a", 0), a_seat("b", 55, "1")]))), "is said by two seats"),
        (a_plan(a_zone(a_row("A", 0, [a_seat("a", 0), a_seat("b", 55, "")]))),
         "zones[0].rows[0].seats[1].seat_number: a seat without a number in a row of numbered ones"),
        (a_plan(a_zone(a_row("A", 0, [a_seat("a", 0, 7)]))), "zones[0].rows[0].seats[0].seat_number"),  # type: ignore[arg-type]
        (a_plan(a_zone(a_row("A", 0, [a_seat("a", 3e6), a_seat("b", 3e6 + 55, "2")]))), "is it drawn to scale?"),
        (a_plan(a_zone(a_row("A", 0, [a_seat("a", 1e300)]))), "zones[0].rows[0].seats[0].position.x"),
        (a_plan(a_zone(a_row("A", 0, [a_seat("a", 0, "9" * 81)]))), "zones[0].rows[0].seats[0].seat_number"),
        (a_plan(a_zone(a_row("A", 0, [a_seat("", 0)]))), "zones[0].rows[0].seats[0].seat_guid"),
        (a_plan(a_zone(a_row("A", 0), areas=[an_area("Stage", "rectangle", rectangle={"width": 9e4, "height": 9e4})])),
         "zones[0].areas[0]: the stage would be 900 m long"),
        ({"name": "House", "zones": [], "size": {"width": 1, "height": 1}}, "categories: is missing"),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_told_in_its_own_fields(
    tmp_path: Path, document: Doc, told: str
) -> None:
    said = refused(tmp_path, document, indent=1)
    assert any(told in each for each in said), said
    assert all("hall.json:" in each and "sections[" not in each for each in said)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", "7", '"plan"', "{", json.dumps(HOUSE)[:-2], json.dumps(HOUSE) + "]",
        json.dumps(HOUSE).replace('"x": 55', '"x": NaN'), json.dumps(HOUSE).replace('"x": 55', '"x": Infinity'),
        json.dumps(HOUSE).replace("]}", ",]}", 1), json.dumps(HOUSE).replace('"x": 55', '"x": 1e999'),
        json.dumps(HOUSE).encode("utf-16"), b"\xff\xfe\x00", "[" * 100_000, '{"name": "\\ud800"}',
        json.dumps(HOUSE | {"name": None}), json.dumps(HOUSE | {"zones": {"0": {}}}),
        json.dumps(HOUSE | {"zones": [None]}), json.dumps(HOUSE | {"size": {"width": -1.5, "height": 0}}),
    ],
)  # fmt: skip
def test_what_is_no_plan_is_refused_in_a_sentence(tmp_path: Path, text: str | bytes) -> None:
    said = refused(tmp_path, text)
    assert said
    assert all(each.startswith(str(tmp_path)) or "hall.json" in each for each in said)


@pytest.mark.parametrize(
    "text", [b"\xef\xbb\xbf" + json.dumps(HOUSE).encode(), json.dumps(HOUSE, indent="\t").replace("\n", "\r\n")]
)  # fmt: skip
def test_marks_and_line_ends_of_other_machines_do_not_matter(
    tmp_path: Path, text: str | bytes
) -> None:
    assert len(plan(tmp_path, text).seats) == 6
