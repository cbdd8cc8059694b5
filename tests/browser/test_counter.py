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
