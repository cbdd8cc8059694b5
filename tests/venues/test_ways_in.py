"""The room from above with its gates, read back as XML."""

from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest

from ticketing.drawings.ways_in import ways_in
from ticketing.foundation.fixture_file import load
from ticketing.foundation.resources import directory
from ticketing.seating.file import PlanFile, expand
from ticketing.seating.plan import Plan

Node = ElementTree.Element


@cache
def demo(name: str) -> Plan:
    return expand(load(directory("fixtures") / "plans" / f"{name}.yaml", PlanFile))


def drawn(plan: Plan, lang: str = "zh") -> Node:
    return ElementTree.fromstring(ways_in(plan, lang))


def marked(drawing: Node, style: str) -> list[Node]:
    return [node for node in drawing.iter() if style in node.attrib.get("class", "").split()]


def test_each_gate_has_a_dot_and_its_name() -> None:
    drawing = drawn(demo("black-box"))
    assert len(marked(drawing, "gate")) == 2
    assert [name.text for name in marked(drawing, "here")] == ["门 A", "门 B"]


@pytest.mark.parametrize("name", ["black-box", "open-air"])
def test_everything_stands_inside_the_drawing(name: str) -> None:
    drawing = drawn(demo(name), "en")
    _, _, width, height = (float(side) for side in drawing.attrib["viewBox"].split())
    for node in [*marked(drawing, "gate"), *marked(drawing, "here")]:
        x = float(node.attrib.get("cx", node.attrib.get("x", "")))
        y = float(node.attrib.get("cy", node.attrib.get("y", "")))
        assert 20 < x < width - 20
        assert 10 < y < height - 10


def test_each_run_of_seats_is_one_stroke_in_the_colour_of_its_tier() -> None:
    drawing = drawn(demo("black-box"))
    counts = [len(marked(drawing, kind)) for kind in ("cushion", "stool", "chair")]
    assert counts == [6, 4, 4]


def test_unnumbered_places_are_the_field_they_fill() -> None:
    drawing = drawn(demo("open-air"))
    assert len(marked(drawing, "field")) == 1
    assert marked(drawing, "row") == []


def test_the_stage_is_to_scale() -> None:
    (stage,) = marked(drawn(demo("black-box")), "hall")
    width, depth = float(stage.attrib["width"]), float(stage.attrib["height"])
    assert width / depth == pytest.approx(15.6 / 2.4, rel=0.03)


def test_a_name_is_text_and_no_gates_is_no_drawing() -> None:
    plan, evil = demo("black-box"), {"zh": '<script>"', "en": "</text>"}
    named = replace(plan, marks=tuple(replace(mark, name=evil) for mark in plan.marks))
    assert [name.text for name in marked(drawn(named), "here")] == ['<script>"'] * 2
    assert ways_in(replace(plan, marks=()), "zh") == ""
