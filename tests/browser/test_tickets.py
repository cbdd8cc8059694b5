"""Tickets on a phone: on its first screen, without a line, with large letters, told apart by ear."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from clients import Buyer
from names import unclear
from servers import Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("server", ["sqlite"], indirect=True),
]
WECHAT: ViewportSize = {"width": 360, "height": 620}
LANGUAGES = pytest.mark.parametrize("lang", ["", "/en"], ids=["zh", "en"])


@pytest.fixture(scope="module")
def paths(server: Server) -> dict[str, str]:
    """Pages of an order of nine, of one that lost a ticket, and of those that are not paid for."""
    buyer = Buyer(server.url)
    here = buyer.performance("tiandishu-demo-")["id"]

    def bought(count: int) -> dict[str, Any]:
        order = buyer.order(buyer.best(here, count), "funded", "play")
        buyer.pay(order)
        return dict(buyer.get(f"/api/orders/{order['secret']}"))

    nine, three = bought(9), bought(3)
    gone = {"lines": [three["lines"][0]["id"]]}
    buyer.post(f"/api/orders/{three['secret']}/refunds", gone)
    waiting = buyer.order(buyer.best(here, 2), "funded", "play")
    reserved = buyer.order(buyer.best(here, 2), "funded", "counter")
    order = f"/orders/{nine['secret']}"
    return {
        "nine": order, "ticket": f"/tickets/{nine['tickets'][0]['secret']}",
        "three": f"/orders/{three['secret']}", "return": f"{order}/return",
        "invoice": f"{order}/invoice", "waiting": f"/orders/{waiting['secret']}",
        "reserved": f"/orders/{reserved['secret']}",
        "checkout": f"/checkout/{buyer.best(here, 9)['token']}", "orders": "/orders",
    }  # fmt: skip


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(
        viewport=WECHAT, base_url=server.url, has_touch=True, timezone_id="Asia/Shanghai"
    )
    yield context.new_page()
    context.close()


@LANGUAGES
def test_the_code_and_its_number_are_on_the_first_screen(
    phone: Page, paths: dict[str, str], lang: str
) -> None:
    for name in ("nine", "three", "ticket"):
        phone.goto(lang + paths[name])
        ticket = phone.locator(".ticket").first
        expect(ticket.locator(".code img").first).to_be_in_viewport(ratio=1)
        expect(ticket.locator(".code .short")).to_be_in_viewport(ratio=1)
        expect(ticket).to_contain_text("14:30")


def test_the_chip_of_the_ticket_on_screen_is_marked_and_in_view(
    phone: Page, paths: dict[str, str]
) -> None:
    phone.goto(paths["nine"])
    chips = phone.locator(".pager a")
    expect(chips.first).to_have_attribute("aria-current", "true")
    phone.locator(".tickets > .ticket").nth(7).scroll_into_view_if_needed()
    expect(chips.nth(7)).to_have_attribute("aria-current", "true")
    expect(phone.locator(".pager [aria-current]")).to_have_count(1)
    expect(chips.nth(7)).to_be_in_viewport(ratio=1)
    chips.nth(8).tap()
    expect(
        phone.locator(".tickets > .ticket").nth(8).locator(".code img").first
    ).to_be_in_viewport()
    phone.goto(paths["three"])
    expect(chips).to_have_count(2)


@pytest.mark.parametrize("name", ["nine", "ticket", "reserved"])
@LANGUAGES
def test_a_page_that_was_opened_once_needs_no_line(
    phone: Page, paths: dict[str, str], name: str, lang: str
) -> None:
    phone.goto(lang + paths[name])
    phone.wait_for_function("async () => (await caches.open('ticket')).match(location.href)")
    phone.wait_for_function("() => navigator.serviceWorker.controller")
    phone.wait_for_timeout(700)
    phone.context.set_offline(True)
    phone.goto(f"{lang}{paths[name]}?from=singlemessage")
    pictures = phone.locator(".ticket .code img:visible")
    drawn = "all => Promise.all(all.map((one) => one.decode().then(() => one.naturalWidth > 300)))"
    assert set(pictures.evaluate_all(drawn)) == {True}
    assert phone.locator(".ticket").first.evaluate("it => getComputedStyle(it).display") == "grid"
    phone.context.set_offline(False)


@LANGUAGES
def test_every_control_says_what_it_acts_on(phone: Page, paths: dict[str, str], lang: str) -> None:
    found = {}
    for name, path in paths.items():
        phone.goto(lang + path)
        for details in phone.locator("details").all():
            details.evaluate("it => (it.open = true)")
        found[name] = unclear(phone)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_check_of_names_finds_what_is_wrong(phone: Page) -> None:
    phone.set_content(
        '<a href="/a"><span role="status">sent</span></a><a href="/b">Go</a><a href="/c">Go</a><input>'
    )
    assert len(unclear(phone)) == 3


@pytest.mark.parametrize("percent", [140, 200])
@LANGUAGES
def test_nothing_is_wider_than_the_screen_with_large_letters(
    phone: Page, paths: dict[str, str], percent: int, lang: str
) -> None:
    too_wide = {}
    for name, path in paths.items():
        phone.goto(lang + path)
        phone.evaluate(f"document.documentElement.style.fontSize = '{percent}%'")
        too_wide[name] = phone.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert {name: wide for name, wide in too_wide.items() if wide > 0} == {}


def test_the_links_of_the_others_are_one_text(phone: Page, paths: dict[str, str]) -> None:
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.goto(paths["nine"])
    phone.get_by_text("一次复制其余 8 张的链接").tap()
    expect(phone.locator("[data-said]")).to_contain_text("链接已复制")
    head, *lines = phone.evaluate("navigator.clipboard.readText()").splitlines()
    assert head.startswith("《天地树》")
    links = [link.get_attribute("href") for link in phone.locator("[data-share]").all()]
    assert [line.rpartition("http")[2].partition("/tickets/")[2] for line in lines] == [
        str(link).removeprefix("/tickets/") for link in links[1:]
    ]
    assert all("号 http" in line for line in lines)


def test_nine_tickets_are_three_sheets_of_paper(phone: Page, paths: dict[str, str]) -> None:
    phone.goto(paths["nine"])
    printed = phone.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 3
    phone.emulate_media(media="print")
    expect(phone.locator(".ticket .do:visible")).to_have_count(0)


def test_what_was_typed_outlives_a_reload_and_the_end_of_the_time(
    phone: Page, paths: dict[str, str]
) -> None:
    phone.clock.install()
    phone.goto(paths["checkout"])
    before = phone.locator(".paybar .go").inner_text()
    phone.get_by_label("手机号或邮箱").fill("138 0000 1234")
    phone.locator("select").first.select_option("full")
    phone.locator("[name=pay]").last.check()
    expect(phone.locator(".paybar .go")).not_to_have_text(before)
    phone.reload()
    still_there(phone)
    phone.goto("/terms")
    phone.go_back()
    still_there(phone)
    phone.clock.fast_forward("16:00")
    phone.wait_for_load_state()
    still_there(phone)


def still_there(phone: Page) -> None:
    expect(phone.get_by_label("手机号或邮箱")).to_have_value("138 0000 1234")
    expect(phone.locator("select").first).to_have_value("full")
    expect(phone.locator("[name=pay]").last).to_be_checked()


def test_nothing_ticked_is_said_beside_the_button_with_the_focus_on_it(
    phone: Page, paths: dict[str, str]
) -> None:
    phone.goto(paths["return"])
    phone.get_by_role("button", name="下一步").tap()
    said = phone.get_by_role("alert")
    expect(said).to_have_text("请先选要退的票。")
    expect(said).to_be_focused()
    expect(said).to_be_in_viewport()
