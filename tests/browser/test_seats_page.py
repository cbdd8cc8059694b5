"""What the seat page shows of a choice and of a house, in low windows, without a script, when all is gone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.rules import too_wide
from clients import Buyer
from servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("server", ["sqlite"], indirect=True)]
WINDOWS = [(360, 620), (768, 650), (1280, 620), (1366, 650), (1280, 800)]


@pytest.fixture
def buyer(server: Server) -> Iterator[Buyer]:
    buyer = Buyer(server.url)
    yield buyer
    buyer.http.close()


def nine_chosen(page: Page, server: Server, buyer: Buyer, lang: str) -> None:
    house = buyer.performance("shuimen-again-")
    held = buyer.best(house["id"], 9)
    page.goto(f"{server.url}{lang}/performances/{house['slug']}/seats?hold={held['token']}")
    expect(page.locator(".sheet .go")).to_have_attribute("href", re.compile("/checkout/"))


@pytest.mark.parametrize("lang", ["", "/en"])
def test_with_nine_seats_the_button_is_in_every_window(
    page: Page, server: Server, buyer: Buyer, lang: str
) -> None:
    nine_chosen(page, server, buyer, lang)
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        for part in (".go", ".total", "[role=timer]"):
            expect(page.locator(f".sheet {part}")).to_be_in_viewport(ratio=1)
        assert too_wide(page) <= 0


def test_count_and_sum_stand_beside_the_button_and_a_long_row_unfolds(
    page: Page, server: Server, buyer: Buyer
) -> None:
    nine_chosen(page, server, buyer, "")
    expect(page.locator(".sheet .count")).to_have_text("9 席，合计")
    rows = page.locator(".chosen > .run")
    expect(rows.first.locator("summary b")).to_have_text(re.compile(r"\d+–\d+$"))
    expect(rows.first.locator("ul li").first).to_be_hidden()
    rows.first.locator("summary").click()
    expect(rows.first.get_by_role("button", name=re.compile("^不要")).first).to_be_visible()


def test_a_house_that_is_sold_out_finds_nothing_until_a_seat_comes_back(
    page: Page, server: Server, buyer: Buyer
) -> None:
    house = buyer.performance("sangeng-")
    page.goto(f"{server.url}/performances/{house['slug']}")
    page.get_by_role("link", name="看实时座位图").click()
    expect(page.get_by_text("已售罄。")).to_be_visible()
    expect(page.get_by_role("button", name="帮我挑")).to_be_hidden()
    expect(page.locator("[data-sheet]")).to_be_hidden()


def test_what_is_over_is_said_without_alarm(page: Page, server: Server, buyer: Buyer) -> None:
    slug = buyer.performance("tiandishu-2026")["slug"]
    page.goto(f"{server.url}/performances/{slug}/seats")
    expect(page.get_by_text("这一场已经演完。")).to_be_visible()
    expect(page.locator(".refusal")).to_have_count(0)


def test_until_the_server_has_it_a_seat_is_not_the_buyers(
    page: Page, server: Server, buyer: Buyer
) -> None:
    slug = buyer.performance("shuimen-again-")["slug"]
    page.route("**/holds", lambda route: None)  # never answered
    page.goto(f"{server.url}/performances/{slug}/seats")
    seat = page.locator(".place.free").first.get_attribute("data-seat")
    page.locator(f'.place[data-seat="{seat}"]').click()
    place = page.locator(f'.place[data-seat="{seat}"]')
    expect(place).to_have_class(re.compile("wanted"))
    expect(place).to_have_attribute("aria-checked", "mixed")
    expect(page.locator("[data-sheet] > .sr")).to_have_text("1 席还没留住")
    go = page.locator(".sheet .go")
    expect(go).to_have_attribute("aria-disabled", "true")
    assert not go.evaluate("link => (link.focus(), link === document.activeElement)")
    page.unroute_all(behavior="ignoreErrors")


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


def test_without_a_script_the_rows_are_unfolded_and_the_hint_says_so(
    scriptless: BrowserContext, server: Server, buyer: Buyer
) -> None:
    page = scriptless.new_page()
    page.goto(f"{server.url}/performances/{buyer.performance('shuimen-again-')['slug']}/seats")
    expect(page.locator(".rows .boxes label").first).to_be_visible()
    expect(page.get_by_text("在下面的列表里勾选")).to_be_visible()
    expect(page.get_by_text("点图上的座位")).to_be_hidden()
