"""The organiser sees what was just sold and who came in, and cancels an order."""

import pytest
from playwright.sync_api import Page, expect

from clients import Buyer, Client, Usher
from servers import Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("server", ["sqlite"], indirect=True),
]


def sign_in(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/en/sign-in?next=/en/office")
    page.get_by_role("button", name="Sign in: Organiser").click()
    page.wait_for_url("**/en/office")


def test_a_sale_and_an_entry_are_in_the_report(
    page: Page, server: Server, tokens: dict[str, str]
) -> None:
    buyer, usher = Buyer(server.url), Usher(server.url, tokens["usher"])
    show = buyer.performance("shuimen-now-")
    report = Client(server.url, tokens["organiser"])
    before = report.get(f"/api/reports/sales?performance={show['id']}")
    order = buyer.order(buyer.best(show["id"], 2, section="cushion"), "full", "play")
    buyer.pay(order)
    for ticket in buyer.tickets(order):
        usher.scan("main", show["id"], ticket["code"])
    sign_in(page, server)
    page.goto(f"{server.url}/en/office/performances/{show['slug']}")
    after = before["net"]["amount"] + order["total"]["amount"]
    expect(page.locator("dl.figs")).to_contain_text(f"¥{after // 100:,}")
    expect(page.locator("dl.figs")).to_contain_text(f"{before['sold'] + 2}")
    expect(page.locator("dl.figs")).to_contain_text(f"{before['admitted'] + 2}")


def test_an_order_is_found_by_its_number_and_cancelled(page: Page, server: Server) -> None:
    buyer = Buyer(server.url)
    order = buyer.order(buyer.best(buyer.performance("shuimen-again-")["id"], 1), "funded", "play")
    buyer.pay(order)
    sign_in(page, server)
    page.get_by_label("Name, phone, mail, ticket or order number").fill(
        f" {order['number'].lower()} "
    )
    page.get_by_role("button", name="Find order").click()
    page.get_by_role("link", name="Cancel the whole order").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pay back ¥")
    page.get_by_role("button", name="Cancel the whole order").click()
    expect(page.locator("main")).to_contain_text("Cancelled")
    assert buyer.get(f"/api/orders/{order['secret']}")["refunds"][0]["reason"] == "cancelled"
