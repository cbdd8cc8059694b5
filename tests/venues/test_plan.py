"""The demo's plans as they stand in the files, and what a wrong file is told."""

from collections import Counter
from functools import cache
from math import cos, hypot, radians, sin
from pathlib import Path

import pytest

from ticketing.foundation.fixture_file import FixtureError, load
from ticketing.foundation.resources import directory
from ticketing.seating.file import PlanFile, expand, json_schema
from ticketing.seating.plan import Plan, label, seat_id

ROW = "{key: north, name: {zh: 北侧, en: North side}, from: [0, -2], step: [0.6, 0], count: 4}"
HALL = f"""
name: hall
stage: {{width: 6, depth: 2}}
sections:
  - key: stool
    name: {{zh: 矮凳, en: Low stool}}
    note: {{zh: "", en: ""}}
    kind: stool
    seat_height: 0.3
    rows:
      - {ROW}
"""


@cache
def demo(name: str) -> Plan:
    return load(directory("fixtures") / "plans" / f"{name}.yaml", PlanFile, use=expand)


def written(path: Path, text: str) -> Plan:
    file = path / "hall.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file, PlanFile, use=expand)


def test_the_black_box_has_the_room_of_the_drawing() -> None:
    plan = demo("black-box")
    assert Counter(seat.section for seat in plan.seats) == {"cushion": 54, "stool": 48, "chair": 48}
    assert [section.capacity for section in plan.sections] == [54, 48, 48]
    seat = plan.by_id[seat_id("black-box", "stool", "north", 13)]
    assert (seat.x, seat.y, seat.eye, seat.distance, seat.turn) == (1.2, -2.5, 1.04, 1.3, 0)


def test_blocks_end_at_aisles_and_keep_the_order_of_the_row() -> None:
    blocks = demo("black-box").blocks
    assert sorted(len(block) for block in blocks) == [3, 3] + 12 * [12]
    assert all([seat.number for seat in block] == list(range(block[0].number, block[-1].number + 1))
               for block in blocks)  # fmt: skip


def test_a_seat_keeps_its_id_over_versions_and_its_label_is_read_in_both_languages() -> None:
    file = load(directory("fixtures") / "plans" / "black-box.yaml", PlanFile)
    old, new = expand(file, 1), expand(file, 2)
    assert old.id != new.id
    assert [seat.id for seat in old.seats] == [seat.id for seat in new.seats]
    seat = old.by_id[seat_id("black-box", "stool", "north", 9)]
    assert label(seat, old.section("stool"), "zh") == "北侧矮凳 9 号"
    assert label(seat, old.section("stool"), "en") == "North side, low stool 9"


def test_the_open_air_has_unnumbered_places_inside_its_field() -> None:
    plan = demo("open-air")
    assert len(plan.seats) == plan.section("lawn").capacity == 200
    assert all(abs(seat.x) <= 7.5 and 4.25 <= seat.y <= 11.75 for seat in plan.seats)
    assert label(plan.seats[16], plan.section("lawn"), "zh") == "不对号入座 17"
    assert label(plan.seats[16], plan.section("lawn"), "en") == "Unreserved 17"


def test_the_schema_beside_the_plans_is_current() -> None:
    folder = directory("fixtures")
    text = (folder / "plan.schema.json").read_text(encoding="utf-8")
    assert text == json_schema(), "run: python tools/fixture_schema.py"
    for path in (folder / "plans").glob("*.yaml"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert first == "# yaml-language-server: $schema=../plan.schema.json"


def test_every_seat_of_the_demo_has_its_own_id_and_spot() -> None:
    for plan in (demo("black-box"), demo("open-air")):
        assert len(plan.by_id) == len(plan.seats)
        assert len({(seat.x, seat.y) for seat in plan.seats}) == len(plan.seats)


def test_a_row_may_stand_in_any_direction(tmp_path: Path) -> None:
    seats = written(tmp_path, HALL.replace("[0.6, 0]", "[0.3, 0.4]")).seats
    assert [(seat.x, seat.y) for seat in seats] == [(0, -2), (0.3, -1.6), (0.6, -1.2), (0.9, -0.8)]


def test_a_bent_row_stands_round_its_centre_and_looks_at_it(tmp_path: Path) -> None:
    bent = "from: [-4, 6], step: [0.5, 0], count: 17, centre: [0, 0]"
    seats = written(tmp_path, HALL.replace("from: [0, -2], step: [0.6, 0], count: 4", bent)).seats
    assert all(hypot(seat.x, seat.y) == pytest.approx(hypot(4, 6), abs=0.01) for seat in seats)
    assert seats[0].x < seats[8].x < seats[16].x
    assert hypot(seats[1].x - seats[0].x, seats[1].y - seats[0].y) == pytest.approx(0.5, abs=0.01)
    look = radians(seats[4].turn)
    assert (-sin(look), cos(look)) == pytest.approx(
        (-seats[4].x / hypot(4, 6), -seats[4].y / hypot(4, 6)), abs=0.01
    )


def test_a_row_may_stand_seat_by_seat_round_a_corner(tmp_path: Path) -> None:
    spots = "spots: [[0, -2], [0.6, -2], [0.6, -1.4]], gaps: [{after: 1}]"
    plan = written(tmp_path, HALL.replace("from: [0, -2], step: [0.6, 0], count: 4", spots))
    assert [(seat.x, seat.y) for seat in plan.seats] == [(0, -2), (0.6, -2), (0.6, -1.4)]
    assert [len(block) for block in plan.blocks] == [1, 2]


def test_numbers_run_as_the_hall_prints_them(tmp_path: Path) -> None:
    def numbers(more: str) -> list[str]:
        plan = written(tmp_path, HALL.replace("count: 4", f"count: 4, {more}"))
        return [label(seat, plan.section("stool"), "en").split()[-1] for seat in plan.blocks[0]]

    assert numbers("numbers: {from: 4, step: -1}") == ["4", "3", "2", "1"]
    assert numbers("numbers: {from: 101, step: 2}") == ["101", "103", "105", "107"]
    assert numbers("printed: [A, B, C, D]") == ["A", "B", "C", "D"]


def test_floors_rise_row_by_row_unless_a_row_says_its_own(tmp_path: Path) -> None:
    rows = [
        ROW.replace("north", key)
        .replace("北侧, en: North", f"{key}, en: {key}")
        .replace("-2]", f"{-2 - n}]")
        for n, key in enumerate("abc")
    ]
    rows[2] = rows[2].replace("count: 4", "count: 4, floor: 2")
    hall = HALL.replace("seat_height: 0.3", "seat_height: 0.3\n    floor: 0.2\n    riser: 0.25")
    seats = written(tmp_path, hall.replace(ROW, "\n      - ".join(rows))).seats
    assert [seat.eye for seat in seats[::4]] == [1.24, 1.49, 3.04]


def test_places_are_accessible_and_restricted_views_say_why(tmp_path: Path) -> None:
    more = "wheelchair: [1], companion: [2], restricted: [{numbers: [4], why: {zh: 柱子, en: A pillar}}]"
    seats = written(tmp_path, HALL.replace("count: 4", f"count: 4, {more}")).seats
    assert [seat.attributes for seat in seats] == [
        ("wheelchair",), ("companion",), (), ("restricted",),
    ]  # fmt: skip
    assert seats[3].why == {"zh": "柱子", "en": "A pillar"}


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("count: 4", "count: -4", "sections[0].rows[0].count"),
        ("count: 4", "count: 4, colour: red", "there is no such field"),
        ("kind: stool", "kind: throne", "sections[0].kind"),
        (ROW, f"{ROW}\n      - {ROW}", "section stool, row north is there twice"),
        (ROW, f"{ROW}\n      - {ROW.replace('key: north', 'key: south')}",
         "section stool, row south, number 1 stands on the spot of section stool, row north"),
        ("count: 4", "count: 4, gaps: [{after: 4, width: 1}]", "section stool, row north: nobody"),
        ("count: 4", "count: 4, gaps: [{after: 2, width: 1}, {after: 2, width: 1}]", "a gap after 2"),
        ("step: [0.6, 0]", "step: [0, 0]", "section stool, row north: a step of nothing"),
        ("count: 4", "spots: [[9, 9]]", "section stool, row north: give it from, step and count, or"),
        ("from: [0, -2], ", "", "section stool, row north: give it from, step and count, or spots"),
        ("count: 4", "count: 4, centre: [0, -2]", "a seat stands on the centre of the bend"),
        ("count: 4", "count: 4, numbers: {from: 2, step: -1}", "the numbers fall below 1"),
        ("count: 4", "count: 4, numbers: {step: 0}", "row north: number 1 is there twice"),
        ("count: 4", "count: 4, printed: [A, B]", "row north: 2 printed for 4 seats"),
        ("count: 4", "count: 4, printed: [A, A, B, C]", "row north: A printed on a seat is there twice"),
        ("count: 4", "count: 4, guids: [a, b, c, a]", "guid a is there twice"),
        ("count: 4", "count: 4, wheelchair: [5]", "row north: there is no number 5"),
        ("count: 4", "count: 4, wheelchair: [1], companion: [3]", "companion 3 is beside no wheelchair"),
        ("count: 4", "count: 4, wheelchair: [2], companion: [3], gaps: [{after: 2, width: 1}]",
         "companion 3 is beside no wheelchair"),
        ("sections:", "focal: [[0, 0]]\nsections:", "give it two points or more"),
        ("    rows:\n      - " + ROW, "    rows: []", "section stool: give it rows, or a field, and not both"),
        ("    rows:", "    field: {places: 9, at: [0, 5], width: 3, depth: 3}\n    rows:",
         "section stool: give it rows, or a field, and not both"),
    ],
)  # fmt: skip
def test_a_wrong_plan_is_refused_in_a_sentence(
    tmp_path: Path, was: str, now: str, told: str
) -> None:
    assert was in HALL
    with pytest.raises(ValueError) as refusal:  # noqa: PT011  the sentence is compared below
        written(tmp_path, HALL.replace(was, now))
    assert told in str(refusal.value)


def test_an_error_names_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(FixtureError, match=r"hall\.yaml:11: sections\[0\]\.rows\[0\]\.count"):
        written(tmp_path, HALL.replace("count: 4", "count: 0"))
