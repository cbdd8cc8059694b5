"""The counter, kept seats and comps as a clerk uses them: with a mouse and keys, never an address."""

import pytest
from playwright.sync_api import Page, expect

from browser.test_report import sign_in
from clients import Buyer
from servers import Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("server", ["sqlite"], indirect=True),
]


@pytest.mark.parametrize("where", ["counter", "allocations", "comps"])
def test_find_them_finds_seats(page: Page, server: Server, where: str) -> None:
    show = Buyer(server.url).performance("tiandishu-demo-")["slug"]
    sign_in(page, server)
    page.goto(f"{server.url}/en/office/performances/{show}/{where}")
    page.get_by_role("button", name="One more").click()
    page.get_by_role("button", name="Find them").click()
    expect(page.locator("svg.map .seat.mine")).to_have_count(3)
    expect(page.locator("[data-chosen] li")).to_have_count(3)


def test_a_couple_buys_with_two_ticket_types_and_gets_its_change(
    page: Page, server: Server
) -> None:
    show = Buyer(server.url).performance("tiandishu-demo-")["slug"]
    sign_in(page, server)
    page.goto(f"{server.url}/en/office/performances/{show}/counter")
    page.get_by_role("button", name="Find them").click()
    lines = page.locator("[data-chosen] li")
    expect(lines).to_have_count(2)
    lines.nth(0).get_by_role("combobox").select_option("full")
    lines.nth(1).get_by_role("combobox").select_option("funded")
    full, funded = (line.locator(".r").inner_text() for line in lines.all())
    assert full != funded
    total = int(page.locator("[name=expected]").input_value())
    page.get_by_label("Cash given").fill("500")
    change = f"¥{500 - total // 100}"
    expect(page.locator("[data-change]")).to_have_text(f"Change{change}")
    page.get_by_role("button", name="Take").click()
    expect(page.locator(".good-line")).to_contain_text(f"¥500.00 given, {change}.00 change")
    expect(page.locator(".paper")).to_have_count(2)


def test_nothing_is_printed_but_the_tickets(page: Page, server: Server) -> None:
    buyer = Buyer(server.url)
    order = buyer.order(buyer.best(buyer.performance("tiandishu-demo-")["id"], 2), "funded", "play")
    buyer.pay(order)
    sign_in(page, server)
    page.goto(f"{server.url}/en/office/orders/{order['number']}")
    page.emulate_media(media="print")
    expect(page.locator(".paper")).to_have_count(2)
    for act in page.locator("main :is(a, button, form, summary)").all():
        assert not act.is_visible(), act.inner_text()
