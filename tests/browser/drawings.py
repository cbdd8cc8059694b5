"""Seats as they are seen: what stands on them, read from the pixels of a screenshot."""

from io import BytesIO
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Page

PLAIN = 12  # of 255, by so much the pixels of one fill may differ
INNER = 0.36  # of a seat's width, the part in which signs are drawn
SEATS = """
() => [...document.querySelectorAll("svg .seat")].filter(seat => seat.checkVisibility()).map(seat => {
    const box = seat.querySelector(".body > :first-child").getBoundingClientRect();
    const [, kind] = seat.getAttribute("class").match(/seat ([a-z-]+)/);
    const [state] = seat.getAttribute("class").match(/free|mine|wanted|sold|held|arrived/);
    return { kind, state, noted: Boolean(seat.querySelector(".note")),
             x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height };
}).filter(seat => seat.width > 4 && seat.kind !== "open" && !seat.noted)
"""


class Seen(NamedTuple):
    """``plain``: nothing stands on it; ``ground``: the colour it is filled with."""

    kind: str
    state: str
    plain: bool
    ground: tuple[int, ...]


def seats_seen(page: Page) -> list[Seen]:
    """Return every seat that is drawn on the page, without those that carry a wheelchair or the like."""
    places = page.evaluate(SEATS)
    if not places:
        return []
    shot = page.screenshot(full_page=True, animations="disabled")
    image = Image.open(BytesIO(shot)).convert("RGB")
    scale = image.width / int(page.evaluate("document.documentElement.clientWidth"))
    return [_seen(image, place, scale) for place in places]


def _seen(image: Image.Image, place: dict[str, float], scale: float) -> Seen:
    half = INNER / 2 * min(place["width"], place["height"])
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    box = tuple(round(edge * scale) for edge in (x - half, y - half, x + half, y + half))
    inner = image.crop((box[0], box[1], box[2] + 1, box[3] + 1))
    plain = all(high - low < PLAIN for low, high in inner.getextrema())  # type: ignore[misc]
    ground = inner.getpixel((0, 0))  # no sign reaches into this corner
    return Seen(str(place["kind"]), str(place["state"]), plain, ground)  # type: ignore[arg-type]
