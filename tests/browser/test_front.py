"""The festival and a performance with a script: what is left stays true, one looks while typing."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from clients import Buyer
from servers import Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("server", ["sqlite"], indirect=True),
]
PHONE: ViewportSize = {"width": 360, "height": 740}


def show(server: Server, slug: str) -> str:
    buyer = Buyer(server.url)
    found = buyer.performance(slug)["slug"]
    buyer.http.close()
    return f"{server.url}/performances/{found}"


def test_the_bar_comes_when_the_button_has_left(server: Server, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(show(server, "shuimen-again-"))
    expect(page.locator(".acts .go")).to_be_in_viewport()
    expect(page.locator(".buybar")).to_be_hidden()
    page.locator("#rules").scroll_into_view_if_needed()
    expect(page.locator(".buybar .go")).to_be_visible()
    page.locator("h1").first.evaluate("scrollTo(0, 0)")
    expect(page.locator(".buybar")).to_be_hidden()


def test_what_is_left_changes_while_one_reads(server: Server, page: Page) -> None:
    page.goto(show(server, "hushang-"))
    button = page.locator(".acts .go")
    before = int(re.findall(r"\d+", button.inner_text())[0])
    buyer = Buyer(server.url)
    buyer.best(buyer.performance("hushang-")["id"], 3)
    buyer.http.close()
    expect(button).to_contain_text(f"余 {before - 3} 位", timeout=20_000)


def test_the_programme_narrows_while_one_types(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/")
    field = page.get_by_role("searchbox")
    field.press_sequentially("sangeng")
    expect(page.locator(".batten .hang")).to_have_count(1)
    expect(page.locator(".batten h3")).to_contain_text("三更")
    expect(field).to_be_focused()
    assert page.url.endswith("/?q=sangeng")
    field.fill("no such thing")
    expect(page.locator(".found")).to_contain_text("没有找到")


def test_the_chosen_day_is_in_sight_and_leads_to_what_was_found(server: Server, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{server.url}/")
    day = page.locator(".days a").last
    page.goto(f"{server.url}{day.get_attribute('href')}")
    expect(page.locator(".found")).to_be_in_viewport()
    across = page.locator(".days [aria-current]").bounding_box()
    assert across
    assert 0 <= across["x"] <= PHONE["width"] - across["width"]


def test_a_sale_to_come_counts_down_by_the_servers_clock(server: Server, page: Page) -> None:
    page.clock.install()
    page.goto(show(server, "tiandishu-soon-"))
    timer = page.get_by_role("timer")
    expect(timer).to_have_text(
        re.compile(r"^(\d 天 \d+ 小时|\d\d:\d\d:\d\d)$")
    )  # by what hour it is
    first = timer.inner_text()
    page.clock.fast_forward("02:00:00")
    expect(timer).not_to_have_text(first)


def test_where_a_browser_cannot_share_it_says_that_the_link_is_copied(
    server: Server, page: Page
) -> None:
    page.context.grant_permissions(["clipboard-write"])
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(show(server, "tiandishu-demo-"))
    page.locator("[data-share]").click()
    expect(page.get_by_text("链接已复制")).to_be_visible()


@pytest.mark.parametrize("width", [320, 768])
def test_nothing_is_wider_than_the_screen(server: Server, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", "/en", "/en/terms", *(f"/en/performances/{slug}" for slug in slugs(server))):
        page.goto(f"{server.url}{path}")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def slugs(server: Server) -> list[str]:
    buyer = Buyer(server.url)
    found = [each["slug"] for each in buyer.get("/api/performances")]
    buyer.http.close()
    return found
