"""The demo's plans as they stand in the files, and what a wrong file is told."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from ticketing.foundation.fixture_file import FixtureError, load
from ticketing.foundation.resources import directory
from ticketing.venues.plan import Plan, label, seat_id
from ticketing.venues.plan_file import PlanFile, check, expand

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
    return expand(load(directory("fixtures") / "plans" / f"{name}.yaml", PlanFile, check))


def written(path: Path, text: str) -> Plan:
    file = path / "hall.yaml"
    file.write_text(text, encoding="utf-8")
    return expand(load(file, PlanFile, check))


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
    file = load(directory("fixtures") / "plans" / "black-box.yaml", PlanFile, check)
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


def test_every_seat_of_the_demo_has_its_own_id_and_spot() -> None:
    for plan in (demo("black-box"), demo("open-air")):
        assert len(plan.by_id) == len(plan.seats)
        assert len({(seat.x, seat.y) for seat in plan.seats}) == len(plan.seats)


def test_a_row_may_stand_in_any_direction(tmp_path: Path) -> None:
    seats = written(tmp_path, HALL.replace("[0.6, 0]", "[0.3, 0.4]")).seats
    assert [(seat.x, seat.y) for seat in seats] == [(0, -2), (0.3, -1.6), (0.6, -1.2), (0.9, -0.8)]


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("count: 4", "count: -4", "sections[0].rows[0].count"),
        ("count: 4", "count: 4, colour: red", "unknown field `colour`"),
        ("kind: stool", "kind: throne", "sections[0].kind"),
        (ROW, f"{ROW}\n      - {ROW}", "section stool, row north is there twice"),
        (ROW, f"{ROW}\n      - {ROW.replace('key: north', 'key: south')}",
         "section stool, row south, number 1 stands on the spot of section stool, row north"),
        ("count: 4", "count: 4, gaps: [{after: 4, width: 1}]", "section stool, row north: nobody"),
        ("count: 4", "count: 4, gaps: [{after: 2, width: 1}, {after: 2, width: 1}]", "a gap after 2"),
        ("step: [0.6, 0]", "step: [0, 0]", "section stool, row north: a step of nothing"),
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
