"""Every page in both languages keeps the rules: at three widths, in larger letters, in low windows, in the
dark and in forced colours. Each is loaded once. With PICTURES=folder it is kept as pictures.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.drawings import Seen, seats_seen
from browser.rules import (
    broken,
    covered,
    crushed,
    empty_attributes,
    lost_in_forced_colours,
    serious,
    too_wide,
)  # fmt: skip
from clients import Buyer
from names import unclear
from servers import Server, serving

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("PICTURES")
HEIGHT = {360: 740, 768: 1024, 1280: 800}
LETTERS = (140, 200)  # percent, as phones let their owners set
LOW = (620, 650)  # px, what is left of a window below the browser's own bars
PASSWORD = "nanhu-demo-2026"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("every-page")
    with serving(f"sqlite:///{folder}/demo.db", folder) as server:
        yield server


@pytest.fixture(scope="module")
def paths(demo: Server) -> dict[str, str]:
    """Every page by name; what a purchase leads to is bought."""
    buyer = Buyer(demo.url)
    here, lawn = buyer.performance("tiandishu-demo-"), buyer.performance("hushang-")
    past, now = buyer.performance("tiandishu-2026"), buyer.performance("shuimen-now-")
    held = buyer.best(here["id"], 2)
    paid = buyer.order(buyer.best(here["id"], 2), "funded", "play")
    buyer.pay(paid)
    waiting = buyer.order(buyer.best(here["id"], 1), "funded", "play")
    ticket = buyer.get(f"/api/orders/{paid['secret']}")["tickets"][0]
    return {
        "festival": "/",
        "search": "/?q=sangeng",
        "performance": f"/performances/{here['slug']}",
        "performance-soon": f"/performances/{buyer.performance('tiandishu-soon-')['slug']}",
        "performance-past": f"/performances/{past['slug']}",
        "performance-free": f"/performances/{lawn['slug']}",
        "performance-sold-out": f"/performances/{buyer.performance('sangeng-')['slug']}",
        "seats": f"/performances/{here['slug']}/seats",
        "seats-free": f"/performances/{lawn['slug']}/seats",
        "checkout": f"/checkout/{held['token']}",
        "play": waiting["payment"]["url"].removeprefix(demo.url),
        "order": f"/orders/{paid['secret']}",
        "return": f"/orders/{paid['secret']}/return",
        "order-waiting": f"/orders/{waiting['secret']}",
        "ticket": f"/tickets/{ticket['secret']}",
        "orders": "/orders",
        "terms": "/terms",
        "missing": "/no-such-page",
        "sign-in": "/sign-in",
        "door": "/door",
        "door-app": "/door/app",
        "devices": "/office/devices",
        "house": f"/office/performances/{now['slug']}/house",
        "door-scan": f"/door/main/{now['slug']}",
        "door-list": f"/door/main/{past['slug']}/list",
        "office": "/office",
        "office-show": f"/office/performances/{past['slug']}",
        "counter": f"/office/performances/{now['slug']}/counter",
        "kept": f"/office/performances/{here['slug']}/allocations",
        "comps": f"/office/performances/{here['slug']}/comps",
        "letters": "/office/letters",
        "changes": f"/office/performances/{here['slug']}/changes",
        "invoice": f"/orders/{paid['secret']}/invoice",
        "codes": "/office/codes",
        "prices": f"/office/performances/{now['slug']}/prices",
        "drawers": "/office/drawers",
        "invoices": "/office/invoices",
        "settlement": f"/office/performances/{past['slug']}/settlement",
        "settlements": "/office/settlements",
        "funders": "/office/funders",
        "reconciliation": "/office/reconciliation",
        "payouts": "/office/payouts",
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page(browser: Browser, demo: Server, paths: dict[str, str], lang: str) -> None:
    context = browser.new_context(
        base_url=demo.url, timezone_id="America/New_York", bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    sign_in(page)
    found = [wrong for name, path in paths.items() for wrong in visit(page, demo, name, path, lang)]
    context.close()
    assert found == []


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.fill("main form >> nth=0 >> input[name=email]", "admin@demo.example")
    page.fill("main form >> nth=0 >> input[name=password]", PASSWORD)
    page.press("main form >> nth=0 >> input[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def visit(page: Page, demo: Server, name: str, path: str, lang: str) -> list[str]:
    """Return what is wrong with a page."""
    page.set_viewport_size({"width": 360, "height": HEIGHT[360]})
    said = [*loaded(page, demo, ("" if lang == "zh" else "/en") + path), *on_a_phone(page)]
    said += serious(page) if lang == "zh" else []
    for width, height in HEIGHT.items():
        page.set_viewport_size({"width": width, "height": height})
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{lang}.png", full_page=True)
        said += is_wide(page, f"at {width} px")
    said += lost_in_forced_colours(page)
    said += [f"{seat.kind}: a free seat is marked" for seat in seats_seen(page) if is_marked(seat)][
        :1
    ]
    if lang == "en":  # axe is slow: one language on a phone by day, the other at a desk in the dark
        page.add_style_tag(content="* { transition: none !important }")
        page.emulate_media(color_scheme="dark")
        said += serious(page)
        page.emulate_media(color_scheme="light")
    meant = "404 (Not Found)" if name == "missing" else "\x00"
    return [f"{name} {lang}: {text}" for text in said if meant not in text]


def loaded(page: Page, demo: Server, path: str) -> list[str]:
    """Open a page; return what it logged, and what it fetched from elsewhere."""
    said: list[str] = []
    errors = [lambda message: said.append(message.text) if message.type == "error" else None]
    asked = [lambda request: said.append(request.url) if is_outside(request.url, demo) else None]
    page.on("console", errors[0])
    page.on("request", asked[0])
    page.goto(path)
    page.wait_for_timeout(150)
    page.remove_listener("console", errors[0])
    page.remove_listener("request", asked[0])
    return said


def on_a_phone(page: Page) -> list[str]:
    """Return what is wrong at 360 px, in letters of any size and in low windows."""
    said = [*unclear(page), *empty_attributes(page), *broken(page), *crushed(page)]
    for percent in LETTERS:
        page.evaluate("size => document.documentElement.style.fontSize = size", f"{percent}%")
        said += is_wide(page, f"in letters of {percent} %")
    page.evaluate("document.documentElement.style.fontSize = ''")
    for height in LOW:
        page.set_viewport_size({"width": 360, "height": height})
        said += [f"{height} px high: {text}" for text in covered(page)]
    return said


def is_wide(page: Page, where: str) -> list[str]:
    """A pixel is rounding: letters of twice the size do not end on whole ones."""
    over = too_wide(page)
    return [f"{where} {over} px too wide"] if over > 1 else []


def is_marked(seat: Seen) -> bool:
    return seat.state == "free" and not seat.plain


def is_outside(url: str, demo: Server) -> bool:
    return not url.startswith((demo.url, "data:", "blob:"))


BROKEN = """<html><body><img src="data:,"><p style="width: 5000px">wide</p><a href="">on</a>
<nav><a href="/a" class="chip" aria-current="page" style="background: red">a</a><a href="/b" class="chip">b</a></nav>
<button style="border: 0"></button><a href="/c">more</a><a href="/d">more</a>
<p style="width: 300px; line-height: 20px">
<b class="whole" style="display: inline-block; width: 90px">box-office@example.org</b></p>
<table><tr><th style="overflow-wrap: anywhere; width: 1em; max-width: 1em">Ticket type</th></tr></table>
<div style="position: sticky; bottom: 0; height: 90vh">bar</div></body></html>"""


def test_the_check_finds_what_is_wrong(page: Page) -> None:
    page.set_content(BROKEN)
    assert too_wide(page) > 0
    assert any("image-alt" in text for text in serious(page))
    assert [text[:4] for text in empty_attributes(page)] == ["href"]
    assert [text[:6] for text in lost_in_forced_colours(page)] == ["chosen", "nothin"]
    assert len(covered(page)) == 1
    assert broken(page) == ["breaks in two: box-office@example.org"]
    assert crushed(page) == ["letter below letter: Ticket type"]
    assert "2 different links are called 'more'" in unclear(page)
