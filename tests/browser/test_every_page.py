"""Every page, at 360 and 1280 px, in both languages: nothing overflows, nothing is logged, nothing is
fetched from elsewhere, and axe finds nothing serious. With PICTURES=folder each is kept as a picture.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser.drawings import Seen, seats_seen
from clients import Buyer
from servers import Server, serving

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
PICTURES = os.environ.get("PICTURES")
HEIGHT = {360: 740, 1280: 800}
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
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page(
    browser: Browser, demo: Server, paths: dict[str, str], width: int, lang: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT[width]}, base_url=demo.url,
        timezone_id="America/New_York", bypass_csp=True,
    )  # fmt: skip
    page = context.new_page()
    page.emulate_media(reduced_motion="reduce")
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
    said: list[str] = []
    errors = [lambda message: said.append(message.text) if message.type == "error" else None]
    asked = [lambda request: said.append(request.url) if is_outside(request.url, demo) else None]
    page.on("console", errors[0])
    page.on("request", asked[0])
    page.goto(("" if lang == "zh" else "/en") + path)
    page.wait_for_timeout(150)
    page.remove_listener("console", errors[0])
    page.remove_listener("request", asked[0])
    if PICTURES:
        width = page.evaluate("window.innerWidth")
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{lang}.png", full_page=True)
    said += [f"is {wide(page)} px too wide"] if wide(page) > 0 else []
    said += serious(page)
    said += [f"{seat.kind}: a free seat is marked" for seat in seats_seen(page) if is_marked(seat)][
        :1
    ]
    meant = "404 (Not Found)" if name == "missing" else "\x00"
    return [f"{name} {lang}: {text}" for text in said if meant not in text]


def wide(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def is_marked(seat: Seen) -> bool:
    return seat.state == "free" and not seat.plain


def is_outside(url: str, demo: Server) -> bool:
    return not url.startswith((demo.url, "data:", "blob:"))


def serious(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    found: list[dict[str, Any]] = page.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
    )
    return [
        f"axe {each['id']}: {each['nodes'][0]['html'][:120]}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def test_the_check_finds_what_is_wrong(page: Page) -> None:
    page.set_content(
        '<html><body><img src="data:,"><p style="width: 5000px">wide</p></body></html>'
    )
    assert wide(page) > 0
    assert any("image-alt" in text for text in serious(page))
