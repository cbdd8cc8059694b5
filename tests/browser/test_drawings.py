"""The drawings in a browser: a free seat is empty, mine is marked, words stand apart and are not cut."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any, get_args

import pytest
from playwright.sync_api import Browser, Page

from browser.drawings import seats_seen
from ticketing.drawings.marks import BODIES, State, tier_shape
from ticketing.drawings.seat_map import plan_fragments, seat_map
from ticketing.foundation.fixture_file import load
from ticketing.foundation.resources import directory
from ticketing.seating.exchange import read_pretix
from ticketing.seating.file import PlanFile, expand
from ticketing.seating.plan import Plan
from ticketing.web.pages import SHEETS

pytestmark = pytest.mark.browser
CSS = Path(__file__).parents[2] / "src/ticketing/static/css"
PRETIX = Path(__file__).parents[1] / "venues/plans"
STATES = get_args(State)
KINDS = [kind for kind in BODIES if kind != "open"]
THEMES: list[dict[str, Any]] = [
    {"color_scheme": "light"}, {"color_scheme": "dark"},
    {"forced_colors": "active"}, {"forced_colors": "active", "color_scheme": "dark"},
]  # fmt: skip
WORDS = """
() => [...document.querySelectorAll("svg.map .floor text")].map(word => {
    const box = word.getBoundingClientRect(), map = word.closest("svg").getBoundingClientRect();
    return { text: word.textContent, x: box.x, y: box.y, width: box.width, height: box.height,
             cut: box.x < map.x - 1 || box.right > map.right + 1 || box.right > innerWidth + 1 };
})
"""


@cache
def plan(name: str) -> Plan:
    if name in ("black-box-traverse", "stalls-550"):
        return read_pretix(PRETIX / f"{name}.pretix.json", PRETIX / f"{name}.side.json")
    folder = "winterlicht/plans" if name == "main-hall" else "plans"
    return expand(load(directory("fixtures") / folder / f"{name}.yaml", PlanFile))


def drawn(name: str, lang: str, states: dict[str, State] | None = None) -> str:
    prices = tuple((section.key, "€24") for section in plan(name).sections)
    colours = tuple((section.key, n % 6 + 1) for n, section in enumerate(plan(name).sections))
    return f'<div class="stagebox">{seat_map(plan_fragments(plan(name), lang, prices, colours), states or {})}</div>'


def show(page: Page, body: str, lang: str = "zh") -> None:
    """Lay a drawing out with every style sheet of the house, as its pages do."""
    styles = "".join((CSS / f"{part}.css").read_text() for part in SHEETS["office"])
    page.set_content(
        f'<html lang="{lang}"><style>{styles}</style><body class="picking"><main class="wrap pick">{body}</main></body>'
    )


@pytest.fixture(params=[360, 1280])
def sheet(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 740})
    yield context.new_page()
    context.close()


def every_drawing() -> Iterator[str]:
    """Yield maps with seats in every state, for buyers and for the office, and every seat as an icon."""
    night = '<div class="office"><section class="night">{}</section></div>'
    for name, frame in (("black-box", "{}"), ("main-hall", "{}"), ("black-box", night)):
        seats = plan(name).seats
        states = {seat.id: STATES[n % len(STATES)] for n, seat in enumerate(seats)}
        yield frame.format(drawn(name, "zh", states))
    icons = (
        tier_shape(kind, state, colour) for kind, state, colour in product(KINDS, STATES, range(7))
    )
    yield f'<p class="legend">{"".join(icons)}</p>'
    yield '<div class="ticket"><div class="seatline">{}</div></div>'.format(
        "".join(f'<div class="shape">{tier_shape(kind)}</div>' for kind in KINDS)
    )


@pytest.mark.parametrize("theme", THEMES, ids=str)
def test_free_seats_are_empty_and_mine_are_marked_in_every_drawing(
    browser: Browser, theme: dict[str, Any]
) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, device_scale_factor=2, **theme
    )
    page = context.new_page()
    for drawing in every_drawing():
        show(page, drawing)
        seen = seats_seen(page)
        assert seen
        assert {(s.kind, s.state) for s in seen if s.state == "free" and not s.plain} == set()
        assert {(s.kind, s.state) for s in seen if s.state in ("mine", "held") and s.plain} == set()
        free = {s.ground for s in seen if s.state == "free"}
        assert not free & {s.ground for s in seen if s.state in ("mine", "arrived")}
    context.close()


def test_control_a_sign_that_another_style_sheet_shows_is_seen(page: Page) -> None:
    show(page, drawn("black-box", "zh"))
    assert all(seat.plain for seat in seats_seen(page))
    page.add_style_tag(content=".seat .is-mine { display: flex }")
    assert not any(seat.plain for seat in seats_seen(page))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["black-box", "main-hall", "black-box-traverse", "stalls-550"])
def test_no_word_lies_on_another_or_is_cut_off(sheet: Page, name: str, lang: str) -> None:
    show(sheet, drawn(name, lang), lang)
    words = sheet.evaluate(WORDS)
    assert [word["text"] for word in words if word["cut"]] == []
    assert [(a["text"], b["text"]) for a, b in combinations(words, 2) if overlap(a, b)] == []


def overlap(a: dict[str, float], b: dict[str, float]) -> bool:
    """Say whether two boxes share more than the empty edge above and under letters."""
    across = min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"])
    down = min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"])
    return across > 0.5 and down > 0.3 * min(a["height"], b["height"])
