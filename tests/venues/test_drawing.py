"""Every drawing is read back as XML: what stands in it, where, and in which words."""

from dataclasses import replace
from functools import cache
from math import dist
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from halls import arena
from ticketing.drawings.hall import hall_drawing
from ticketing.drawings.marks import State, tier_shape
from ticketing.drawings.seat_map import STATES, plan_fragments, seat_map
from ticketing.drawings.section import section_drawing
from ticketing.drawings.view import view_drawing
from ticketing.foundation.fixture_file import load
from ticketing.foundation.resources import directory
from ticketing.seating.file import PlanFile, expand
from ticketing.seating.plan import Plan, seat_id
from ticketing.seating.section_plan import section_plan

PRICES = (("cushion", "¥80"), ("stool", "¥60"), ("chair", "¥70"))
NASTY = {"zh": '<script>alert("1")</script>', "en": "\"'><b>&amp; \u202e"}
NINE = seat_id("black-box", "stool", "north", 9)
Node = ElementTree.Element


@cache
def demo(name: str) -> Plan:
    return expand(load(directory("fixtures") / "plans" / f"{name}.yaml", PlanFile))


def nasty() -> Plan:
    """Return the black box with names that nobody should be able to run."""
    plan = demo("black-box")
    return replace(
        plan,
        id="nasty",
        sections=tuple(replace(section, name=NASTY) for section in plan.sections),
        seats=tuple(replace(seat, row_name=NASTY) for seat in plan.seats),
        marks=tuple(replace(mark, name=NASTY) for mark in plan.marks),
    )


def read(drawing: Markup) -> Node:
    return ElementTree.fromstring(drawing)


def places(drawing: Markup) -> dict[str, Node]:
    return {g.attrib["data-seat"]: g for g in read(drawing).iter("g") if "data-seat" in g.attrib}


def test_every_seat_stands_once_at_its_measured_place() -> None:
    plan = demo("black-box")
    drawn = places(seat_map(plan_fragments(plan, "zh", PRICES), {}))
    assert list(drawn) == [seat.id for seat in plan.seats]
    seat = plan.by_id[NINE]
    expected = f"translate({seat.x * 60:.0f} {seat.y * 60:.0f})"
    assert drawn[NINE].attrib["transform"] == expected


def test_the_frame_holds_every_seat() -> None:
    for name in ("black-box", "open-air"):
        drawing = seat_map(plan_fragments(demo(name), "en"), {})
        left, top, width, height = (int(n) for n in read(drawing).attrib["viewBox"].split())
        for place in places(drawing).values():
            x, y = (int(n) for n in place.attrib["transform"][10:-1].split())
            assert left + 18 <= x <= left + width - 18
            assert top + 18 <= y <= top + height - 18


@pytest.mark.parametrize(
    ("state", "zh", "checked", "disabled"),
    [
        ("free", "北侧矮凳 9 号，可选，¥60", "false", "false"),
        ("mine", "北侧矮凳 9 号，已选，¥60", "true", "false"),
        ("sold", "北侧矮凳 9 号，已售，¥60", "false", "true"),
        ("held", "北侧矮凳 9 号，锁定，¥60", "false", "true"),
    ],
)
def test_a_seat_says_its_state(state: State, zh: str, checked: str, disabled: str) -> None:
    drawing = seat_map(plan_fragments(demo("black-box"), "zh", PRICES), {NINE: state})
    seat = places(drawing)[NINE].attrib
    assert seat["class"] == f"place seat stool {state}"
    assert (seat["aria-label"], seat["aria-checked"], seat["aria-disabled"]) == (
        zh, checked, disabled,
    )  # fmt: skip
    others = {g.attrib["class"].split()[-1] for id_, g in places(drawing).items() if id_ != NINE}
    assert others == {"free"}


def test_a_seat_says_what_is_special_about_it() -> None:
    plan = demo("black-box")
    pillar = {"zh": "柱子", "en": "a pillar"}
    special = replace(plan.by_id[NINE], attributes=("wheelchair", "restricted"), why=pillar)
    seats = tuple(special if seat.id == NINE else seat for seat in plan.seats)
    drawing = seat_map(plan_fragments(replace(plan, id="special", seats=seats), "en", PRICES), {})
    said = places(drawing)[NINE].attrib["aria-label"]
    noted = "wheelchair place, restricted view, a pillar"
    assert said == f"North side, low stool 9, {noted}, available, ¥60"
    assert drawing.count('class="note"') == 2


def test_who_sits_high_looks_down_and_still_sees_the_stage() -> None:
    plan = demo("black-box")
    high = replace(plan.by_id[NINE], y=-20.0, eye=18.0)  # straight ahead the stage would be below
    seats = tuple(high if seat.id == NINE else seat for seat in plan.seats)
    view = read(view_drawing(replace(plan, id="high", seats=seats), high, "zh"))
    stage = view.find("{*}polygon[@class='v-stage']")
    assert stage is not None
    ys = [float(point.split(",")[1]) for point in stage.attrib["points"].split()]
    assert 0 < sum(ys) / len(ys) < 190


def test_a_raised_tier_stands_on_its_riser_in_the_section() -> None:
    plan = demo("black-box")
    chairs = [s for s in plan.seats if s.section == "chair"]
    raised = {seat.id: replace(seat, eye=seat.eye + 0.3) for seat in chairs}
    seats = tuple(raised.get(seat.id, seat) for seat in plan.seats)
    drawing = section_drawing(replace(plan, id="raised", seats=seats), "en")
    assert drawing.count('class="x-riser"') == 1
    assert "1.74 m" in drawing


def test_a_script_need_only_change_class_and_word() -> None:
    fragments = plan_fragments(demo("black-box"), "en", PRICES)
    words = read(seat_map(fragments, {})).attrib["data-words"].split()
    shapes = set()
    for state, word in zip(STATES, words, strict=True):
        seat = places(seat_map(fragments, {NINE: state}))[NINE]
        assert seat.attrib["aria-label"] == f"North side, low stool 9, {word}, ¥60"
        shapes.add(b"".join(ElementTree.tostring(part) for part in seat))
    assert len(shapes) == 1


def test_without_prices_a_map_is_only_looked_at() -> None:
    drawn = places(seat_map(plan_fragments(demo("black-box"), "en"), {NINE: "arrived"}))
    assert {seat.attrib["role"] for seat in drawn.values()} == {"img"}
    assert drawn[NINE].attrib["aria-label"] == "North side, low stool 9, inside"


def test_unnumbered_places_cannot_be_picked_one_by_one() -> None:
    drawn = places(seat_map(plan_fragments(demo("open-air"), "zh", (("lawn", "免费"),)), {}))
    assert len(drawn) == 200
    assert all("tabindex" not in seat.attrib and seat.attrib["aria-hidden"] == "true"
               for seat in drawn.values())  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_names_are_shown_as_text(lang: str) -> None:
    plan = nasty()
    prices = tuple((key, NASTY[lang]) for key, _ in PRICES)
    for drawing in (
        seat_map(plan_fragments(plan, lang, prices), {}),
        view_drawing(plan, plan.seats[0], lang),
        section_drawing(plan, lang),
    ):
        assert not {"script", "b"} & {node.tag.rpartition("}")[2] for node in read(drawing).iter()}
        assert "<script" not in drawing


def test_every_seat_has_a_view_that_stands_alone() -> None:
    plan = demo("black-box")
    for seat in plan.seats:
        view = read(view_drawing(plan, seat, "zh"))
        assert view.tag == "{http://www.w3.org/2000/svg}svg"
        assert view.find("{*}style") is not None
        assert len(view.findall("{*}g[@class='v-dancer']")) == 3


def test_a_stool_sees_heads_and_a_cushion_none() -> None:
    plan = demo("black-box")
    stool = read(view_drawing(plan, plan.by_id[NINE], "en"))
    cushion = read(view_drawing(plan, plan.seats[8], "en"))
    assert stool.findtext("{*}title") == "The stage seen from North side, low stool 9"
    assert len(stool.findall("{*}g[@class='v-head']")) >= 4
    assert not cushion.findall("{*}g[@class='v-head']")


def test_opposite_seats_see_the_same_hall_from_the_other_side() -> None:
    plan = demo("black-box")
    views = [
        view_drawing(plan, plan.by_id[seat_id("black-box", "stool", side, number)], "zh")
        for side, number in (("north", 9), ("south", 16))
    ]
    heads = [len(read(view).findall("{*}g[@class='v-head']")) for view in views]
    assert heads[0] == heads[1]


@pytest.mark.parametrize("narrow", [False, True])
def test_the_section_shows_three_tiers_with_their_measures(narrow: bool) -> None:
    drawing = read(section_drawing(demo("black-box"), "en", narrow=narrow))
    texts = [node.text for node in drawing.iter("text")]
    assert texts[:2] == ["0.82 m", "Cushion"]
    assert {"Low stool", "High chair", "1.04 m", "1.44 m"} <= set(texts)
    assert "Low stool: eyes at 1.04 m, 1.30 m away" in drawing.attrib["aria-label"]


def test_a_lawn_has_no_section() -> None:
    assert section_drawing(demo("open-air"), "zh") == ""


def test_a_section_of_a_hall_is_turned_until_its_stage_is_up() -> None:
    hall = expand(arena(2_000))
    part = section_plan(hall, "105")
    assert [seat.id for seat in part.seats] == [seat.id for seat in hall.by_section["105"]]
    assert all(150 < seat.turn < 210 for seat in part.seats)
    assert all(mark.y < seat.y for mark in part.marks for seat in part.seats)
    a, b = hall.by_section["105"][:2]
    c, d = part.seats[:2]
    assert dist((a.x, a.y), (b.x, b.y)) == pytest.approx(dist((c.x, c.y), (d.x, d.y)), abs=0.01)


def test_a_hall_is_drawn_as_its_sections_each_with_what_is_left() -> None:
    hall = expand(arena(2_000))
    left = {section.key: n * 3 for n, section in enumerate(hall.sections)}
    drawn = read(hall_drawing(hall, "en", left, "?section={}".format))
    links = list(drawn.iter("a"))
    assert [link.attrib["href"] for link in links] == [f"?section={key}" for key in left]
    assert links[0].attrib["class"].split()[0] == "part-none"
    assert links[1].attrib["aria-label"] == "Lower 102: 3 left"


def test_the_shape_of_a_tier_is_hidden_from_screen_readers() -> None:
    assert read(tier_shape("chair")).attrib["aria-hidden"] == "true"
