"""The second festival: another currency, language, mark and desk. Every page of it on a phone, and a seat
of it bought, sold for a card at the counter, scanned, returned and settled.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.rules import too_wide
from browser.test_every_page import sign_in, visit
from clients import Buyer, Usher
from servers import Server, command, serving, token

pytestmark = pytest.mark.browser
FOREIGN = (
    "¥",
    "￥",
    "yuan",
    "CNY",
    "惠",
    "《",
    "pinyin",
    "Alipay",
    "WeChat",
    "subsidy",
    "Subsidy",
    "cushion",
    "ow stool",
    'href="/en',
)


@pytest.fixture(scope="module")
def winter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("winterlicht")
    options = ("--demo", "--festival", "winterlicht")
    with serving(f"sqlite:///{folder}/winter.db", folder, *options) as server:
        yield server


@pytest.fixture(scope="module")
def buyer(winter: Server) -> Buyer:
    return Buyer(winter.url)


@pytest.fixture
def office(browser: Browser, winter: Server) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, base_url=winter.url, bypass_csp=True
    )
    page = context.new_page()
    page.emulate_media(reduced_motion="reduce")
    sign_in(page)
    yield page
    context.close()


def paths(buyer: Buyer) -> dict[str, str]:
    """Return pages whose words or widths are the house's."""
    ferry, now = buyer.performance("night-ferry-"), buyer.performance("salt-now-")
    night, past = buyer.performance("midnight-radio-"), buyer.performance("ferry-2026")
    order = buyer.order(buyer.best(ferry["id"], 2), "full", "play")
    buyer.pay(order)
    shows = "/office/performances"
    return {
        "festival": "/", "performance": f"/performances/{ferry['slug']}",
        "midnight": f"/performances/{night['slug']}", "seats": f"/performances/{ferry['slug']}/seats",
        "checkout": f"/checkout/{buyer.best(ferry['id'], 2)['token']}",
        "order": f"/orders/{order['secret']}", "return": f"/orders/{order['secret']}/return",
        "invoice": f"/orders/{order['secret']}/invoice", "terms": "/terms", "sign-in": "/sign-in",
        "door": "/door", "door-app": "/door/app", "office": "/office", "codes": "/office/codes",
        "drawers": "/office/drawers", "funders": "/office/funders", "letters": "/office/letters",
        "counter": f"{shows}/{now['slug']}/counter", "changes": f"{shows}/{ferry['slug']}/changes",
        "prices": f"{shows}/{ferry['slug']}/prices", "report": f"{shows}/{past['slug']}",
        "settlement": f"{shows}/{past['slug']}/settlement", "reconciliation": "/office/reconciliation",
    }  # fmt: skip


def test_every_page_is_the_houses_own(office: Page, winter: Server, buyer: Buyer) -> None:
    wrong = []
    for name, path in paths(buyer).items():
        wrong += visit(office, winter, name, path, "zh")  # without a prefix: its first language
        text = office.content()
        wrong += [f"{name}: {sign}" for sign in FOREIGN if sign in text]
        if office.evaluate("document.documentElement.lang") != "en":
            wrong.append(f"{name}: not in English")
    assert wrong == []


def test_its_prices_and_its_hall_are_drawn_as_they_are(office: Page, buyer: Buyer) -> None:
    ferry = buyer.performance("night-ferry-")["slug"]
    office.goto("/")
    expect(office.locator(f"a[href$='{ferry}']").first).to_be_visible()
    assert "€0" not in office.locator("main").inner_text()  # the companion's is no usual price
    office.goto(f"/performances/{ferry}/seats")
    office.set_viewport_size({"width": 1280, "height": 800})
    parts = " ".join(office.locator("[data-map] svg text").all_text_contents()).upper()
    assert all(part in parts for part in ("STALLS", "BALCONY", "WHEELCHAIR", "STAGE"))
    drawn = office.locator(".pick-bar .legend > *").evaluate_all(
        "all => all.map(one => [one.innerText.match(/€[0-9.]+/)[0], [...one.querySelectorAll('svg *')]"
        ".map(part => getComputedStyle(part).fill + getComputedStyle(part).stroke).join()])"
    )
    prices, colours = zip(*drawn, strict=True)
    assert len(set(colours)) == len(set(prices)) == len(set(map(tuple, drawn))) > 1, drawn


def test_what_leaves_the_house_is_in_euros_and_under_its_mark(
    office: Page, winter: Server, buyer: Buyer
) -> None:
    files = office.context.request
    past = f"performances/{buyer.performance('ferry-2026')['slug']}"
    for name in ("funders", "drawers", "invoices", f"{past}/settlement", f"{past}/sales"):
        listed = files.get(f"{winter.url}/office/{name}.csv").text()
        assert "Currency" in listed, f"{name}: {listed[:200]}"
        assert "CNY" not in listed
    show = buyer.performance("midnight-radio-")
    order = buyer.order(buyer.best(show["id"], 1), "full", "play")
    buyer.pay(order)
    office.goto(f"/orders/{order['secret']}/invoice")
    office.locator("[value=company]").check()
    office.locator("#title").fill("Kaai 12 bv")
    office.locator("#tax_number").fill("BE 0403.170.701")
    office.locator("main form button").last.click()
    office.goto("/office/invoices")
    expect(office.locator("main")).to_contain_text("BE0403.170.701")
    office.goto(f"/office/performances/{show['slug']}/changes")
    office.locator("input[name=en]").first.fill("The host is ill")
    office.locator("input[name=en]").first.press("Enter")
    expect(office.locator("body")).to_contain_text("The host is ill")
    office.goto("/office/letters")
    office.locator("main a[href*='/office/letters/']").first.click()
    letter = office.locator("iframe.letter").get_attribute("srcdoc") or ""
    assert ">W</span>Winterlicht Theatertage" in letter
    assert [sign for sign in FOREIGN if sign in letter] == []


@pytest.mark.parametrize("width", [414, 768])
def test_a_long_name_widens_no_page(office: Page, buyer: Buyer, width: int) -> None:
    office.set_viewport_size({"width": width, "height": 740})
    ferry = buyer.performance("night-ferry-")["slug"]
    for path in ("/", f"/performances/{ferry}", "/orders", "/office", "/office/drawers", "/door"):
        office.goto(path)
        assert too_wide(office) <= 0, path


def test_a_seat_is_bought_scanned_and_returned_in_euros(
    office: Page, winter: Server, buyer: Buyer
) -> None:
    show, later = buyer.performance("salt-now-"), buyer.performance("salt-2")
    bought = buyer.order(buyer.best(show["id"], 2, section="stalls"), "full", "play")
    buyer.pay(bought)
    assert bought["total"] == {"amount": 4800, "currency": "EUR"}
    assert bought["number"].startswith("WL")
    usher = Usher(winter.url, token(winter.database, winter.folder, "usher"))
    answers = [usher.scan("door-1", show["id"], each["code"]) for each in buyer.tickets(bought)]
    assert {answer["verdict"] for answer in answers} == {"admitted"}
    kept = buyer.order(buyer.best(later["id"], 1), "student", "play")
    buyer.pay(kept)
    back = buyer.post(f"/api/orders/{kept['secret']}/refunds", {"lines": []})
    assert back["refund"]["currency"] == "EUR"
    office.goto(f"/orders/{bought['secret']}")
    expect(office.locator("body")).to_contain_text("Includes VAT at 6%: €2.72")


def test_the_card_terminal_is_settled_as_itself(office: Page, winter: Server, buyer: Buyer) -> None:
    slug = buyer.performance("salt-now-")["slug"]
    office.goto(f"/office/performances/{slug}/counter?best=2")
    office.get_by_label("Card terminal").check()
    office.locator("button[value=sell]").click()
    expect(office.locator("h1")).to_contain_text("WL")
    number = office.locator("h1").inner_text()
    office.goto(f"/office/orders?q={number.removeprefix('WL').lower()}")
    expect(office.locator("h1")).to_have_text(number)
    office.goto(f"/office/performances/{buyer.performance('ferry-2026')['slug']}/settlement")
    expect(office.locator("body")).to_contain_text("Cards at the desk")
    expect(office.locator("body")).to_contain_text("It equals the ledger exactly.")
    sign(office)
    assert "Every invariant holds." in command(winter.database, winter.folder, "verify")


def sign(page: Any) -> None:
    page.get_by_label("Your name").fill("Lotte Maes")
    page.get_by_role("button", name="I have checked it: sign and lock").click()
    expect(page.locator("body")).to_contain_text("Lotte Maes")
