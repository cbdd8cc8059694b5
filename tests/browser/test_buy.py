"""People buy: on a phone, with the keyboard alone, without a script; and another sees the seat go."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import groupby
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from browser.rules import covered, empty_attributes
from clients import Buyer
from servers import Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("server", ["sqlite"], indirect=True),
]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
HOUSE = "shuimen-again-"
CHECKOUT = re.compile("^/checkout/")
EMPTIER = "tiandishu-demo-"  # where rows have longer free runs


@pytest.fixture
def people(browser: Browser) -> Iterator[Any]:
    """``people(**options)`` opens a page in a browser of its own, which reports its errors."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def people(**options: Any) -> Page:
        contexts.append(browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", **options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield people
    for context in contexts:
        context.close()
    assert errors == []


def seats_page(server: Server, house: str = HOUSE) -> str:
    buyer = Buyer(server.url)
    slug = buyer.performance(house)["slug"]
    buyer.http.close()
    return f"{server.url}/performances/{slug}/seats"


def free(page: Page, kind: str) -> Locator:
    return page.locator(f".place.{kind}.free")


def side_by_side(page: Page, kind: str, count: int) -> list[str]:
    """Return so many free seats from the beginning of a run that is long enough to leave none single."""
    boxes = page.locator(f'fieldset[data-section="{kind}"] input').evaluate_all(
        """all => all.map((box) => [
          box.value, box.closest("fieldset").innerText.slice(0, 9) + box.dataset.block,
          !box.disabled && !box.checked,
        ])"""
    )
    runs = groupby(boxes, key=lambda box: (box[1], box[2]))
    found = (list(run) for (_, is_free), run in runs if is_free)
    return next([seat for seat, *_ in run[:count]] for run in found if len(run) > count + 1)


def place(page: Page, seat: str | None) -> Locator:
    return page.locator(f'.place[data-seat="{seat}"]')


def released(page: Page) -> AbstractContextManager[object]:
    """Wait until the server has the seats back: the next test begins with them."""
    return page.expect_response(lambda response: response.request.method == "DELETE")


def pay(page: Page, to: str) -> None:
    page.get_by_label("手机号或邮箱").fill(to)
    page.locator("button.go:visible", has_text="支付").click()
    page.get_by_role("button", name="付款").click()


def test_a_phone_buys_and_another_browser_sees_the_seat_go(server: Server, people: Any) -> None:
    phone, other = people(**PHONE), people()
    phone.goto(seats_page(server))
    other.goto(seats_page(server))
    (seat,) = side_by_side(phone, "stool", 1)
    place(phone, seat).tap()
    expect(place(phone, seat)).to_have_class(re.compile("mine"))
    expect(phone.locator(".stagebox")).to_have_class(re.compile("near"))
    expect(place(other, seat)).to_have_class(re.compile("held"), timeout=2000)
    phone.get_by_role("link", name="确认订单").tap()
    pay(phone, "13800001234")
    expect(phone.get_by_role("heading", name="一张票，在这里。")).to_be_visible()
    drawn = "image => image.decode().then(() => image.naturalWidth)"
    assert phone.locator(".ticket .code img").evaluate(drawn) > 300
    expect(place(other, seat)).to_have_class(re.compile("sold"), timeout=5000)


def test_a_seat_on_the_phone_is_large_enough_for_a_finger(server: Server, people: Any) -> None:
    phone = people(**PHONE)
    phone.goto(seats_page(server))
    free(phone, "chair").first.tap()
    box = free(phone, "chair").first.locator(".hit").bounding_box()
    assert box
    assert box["width"] >= 44
    assert phone.evaluate("document.documentElement.scrollWidth") == 360


def test_two_of_several_tickets_are_never_on_a_phones_screen(server: Server, people: Any) -> None:
    phone = people(**PHONE)
    phone.goto(seats_page(server))
    phone.get_by_role("button", name="帮我挑").tap()
    phone.get_by_role("link", name="确认订单").tap()
    pay(phone, "chen@example.com")
    expect(phone.locator(".ticket")).to_have_count(2)
    seen = [image.bounding_box() for image in phone.locator(".ticket .code img").all()]
    assert [0 <= box["x"] < 360 for box in seen if box] == [True, False]
    phone.locator('a[href^="#t-"]').nth(1).tap()
    expect(phone.locator(".ticket .code img").nth(1)).to_be_in_viewport()


def test_the_keyboard_alone_chooses_seats(server: Server, people: Any) -> None:
    page = people()
    page.goto(seats_page(server))
    page.get_by_role("button", name="帮我挑").focus()
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.dataset.seat")
    expect(place(page, first)).to_have_attribute("aria-checked", "false")
    page.keyboard.press("Space")
    expect(place(page, first)).to_have_attribute("aria-checked", "true")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.dataset.seat")
    assert second not in (None, first)
    expect(page.locator(".place[tabindex='0']")).to_have_count(1)
    expect(page.locator(".sheet h2")).to_have_text("已选 1 席")
    page.keyboard.press("ArrowLeft")
    with released(page):
        page.keyboard.press("Enter")
    expect(place(page, first)).to_have_attribute("aria-checked", "false")


def test_the_list_of_rows_is_an_equal_way(server: Server, people: Any) -> None:
    page = people()
    page.goto(seats_page(server))
    page.locator("summary", has_text="按排列表").click()
    (seat,) = side_by_side(page, "stool", 1)
    box = page.locator(f'.boxes input[value="{seat}"]')
    box.check()
    expect(place(page, seat)).to_have_class(re.compile("mine"))
    with released(page):
        page.get_by_role("button", name=re.compile("^不要")).click()
    expect(box).not_to_be_checked()
    expect(page.locator(".sheet h2")).to_have_text("还没有选座")


def test_a_clash_is_answered_at_once_with_another_seat(server: Server, people: Any) -> None:
    quick, slow = people(), people()
    slow.route("**/availability**", lambda route: route.abort())
    for page in (slow, quick):
        page.goto(seats_page(server))
    (seat,) = side_by_side(slow, "cushion", 1)
    place(quick, seat).click()
    expect(quick.locator(".sheet .go")).to_be_visible()
    place(slow, seat).click()
    expect(slow.get_by_role("alert")).to_contain_text("刚被别人选走")
    expect(place(slow, seat)).to_have_class(re.compile("held"))
    slow.get_by_role("button", name=re.compile("^加 ")).click()
    expect(slow.locator(".place.mine")).to_have_count(1)
    expect(slow.get_by_role("link", name="确认订单")).to_be_visible()


def test_a_page_loaded_again_keeps_the_choice(server: Server, people: Any) -> None:
    page = people()
    page.goto(seats_page(server))
    (seat,) = side_by_side(page, "chair", 1)
    place(page, seat).click()
    expect(page.get_by_role("link", name="确认订单")).to_have_attribute("href", CHECKOUT)
    page.reload()
    expect(place(page, seat)).to_have_class(re.compile("mine"))
    expect(page.locator(".sheet [role=timer]")).to_have_text(re.compile(r"^1[45]:\d\d$"))
    with released(page):
        page.get_by_role("button", name=re.compile("^不要")).click()
    expect(place(page, seat)).to_have_class(re.compile("free"))


def test_the_end_of_the_time_is_said_kindly(server: Server, people: Any) -> None:
    page = people()
    page.clock.install()
    page.goto(seats_page(server))
    place(page, side_by_side(page, "chair", 1)[0]).click()
    expect(page.locator(".place.mine")).to_have_count(1)
    expect(page.get_by_role("link", name="确认订单")).to_have_attribute("href", CHECKOUT)
    page.clock.fast_forward("16:00")
    expect(page.get_by_role("alert")).to_contain_text("时间到了")
    expect(page.get_by_role("button", name="再留一次")).to_be_visible()


def renewed(page: Page) -> None:
    """Press the button twice: the page's clock runs ahead of the server's, so it stays near the end."""
    for _ in range(2):
        with page.expect_response(lambda response: response.url.endswith("/renewals")) as answer:
            page.locator("[data-longer] button:visible").click()
        assert answer.value.status == 200
    expect(page.locator("[data-longer] [data-no-more]:visible")).to_have_count(1)
    expect(page.locator("[data-longer] button:visible")).to_have_count(0)


def test_near_the_end_the_seats_can_be_kept_longer_on_both_pages(
    server: Server, people: Any
) -> None:
    page, other = people(), people(**PHONE)
    for each, kind in ((page, "chair"), (other, "stool")):
        each.clock.install()
        each.goto(seats_page(server))
        place(each, *side_by_side(each, kind, 1)).click()
        expect(each.get_by_role("link", name="确认订单")).to_have_attribute("href", CHECKOUT)
        expect(each.locator("[data-longer]")).to_be_hidden()
    other.get_by_role("link", name="确认订单").click()
    other.get_by_label("手机号或邮箱").fill("138")
    for each in (page, other):
        each.clock.fast_forward("13:00")
        renewed(each)
    expect(other.get_by_label("手机号或邮箱")).to_have_value("138")


def test_the_sum_follows_the_ticket_types(server: Server, people: Any) -> None:
    page = people()
    page.goto(seats_page(server))
    page.get_by_role("button", name="帮我挑").click()
    page.get_by_role("link", name="确认订单").click()
    before = page.locator(".bill .total").inner_text()
    page.locator("select").first.select_option("full")
    expect(page.locator(".bill .total")).not_to_have_text(before)
    total = page.locator(".bill .total").inner_text()
    expect(page.locator(".bill .go")).to_have_text(f"支付 {total}")
    pay(page, "13800001234")
    expect(page.get_by_role("heading", name="两张票，都在这里。")).to_be_visible()


def test_everything_works_without_a_script(server: Server, people: Any) -> None:
    page = people(java_script_enabled=False, **PHONE)
    page.goto(seats_page(server))
    page.locator("summary").tap()
    (seat,) = side_by_side(page, "chair", 1)
    page.locator(f'.boxes label:has(input[value="{seat}"])').tap()
    page.get_by_role("button", name="确认订单").tap()
    page.get_by_role("link", name="选座", exact=True).tap()
    page.wait_for_url(re.compile("hold="))
    assert covered(page, 0.3) == []
    page.get_by_role("link", name="确认订单").tap()
    page.locator("select").select_option("full")
    page.get_by_role("button", name="换了票种，重新计算").tap()
    pay(page, "chen@example.com")
    expect(page.get_by_role("heading", name="一张票，在这里。")).to_be_visible()
    page.get_by_role("link", name="放大二维码").tap()
    expect(page.locator(".enlarged img")).to_be_in_viewport()


def test_a_seat_that_would_leave_one_single_can_be_mended_by_one_tap(
    server: Server, people: Any
) -> None:
    page = people()
    page.goto(seats_page(server, EMPTIER))
    _, second = side_by_side(page, "stool", 2)
    place(page, second).click()
    expect(page.get_by_role("alert")).to_contain_text("单独的空位")
    expect(place(page, second)).to_have_class(re.compile("wanted"))
    expect(page.locator("[data-sheet] > .sr")).to_have_text("1 席还没留住")
    assert empty_attributes(page) == []
    go = page.get_by_role("link", name="确认订单")
    expect(go).to_have_attribute("aria-disabled", "true")
    assert go.get_attribute("href") is None
    page.get_by_role("button", name=re.compile(r"^换 \d+ 号")).click()
    expect(place(page, second)).to_have_class(re.compile("free"))
    expect(page.get_by_role("link", name="确认订单")).to_have_attribute("href", CHECKOUT)
    expect(page.locator(".place.mine")).to_have_count(1)


def test_the_seat_beside_may_be_added_as_well(server: Server, people: Any) -> None:
    page = people()
    page.goto(seats_page(server, EMPTIER))
    first, second = side_by_side(page, "chair", 2)
    place(page, second).click()
    expect(page.locator(".place.wanted")).to_have_count(1)
    place(page, first).click()
    expect(page.locator(".place.mine")).to_have_count(2)
    expect(page.get_by_role("link", name="确认订单")).to_have_attribute("href", CHECKOUT)


@pytest.mark.parametrize("state", ["sold", "held"])
def test_a_seat_that_cannot_be_chosen_says_so_each_time(
    server: Server, people: Any, state: str
) -> None:
    page = people()
    page.goto(seats_page(server, EMPTIER))
    page.locator(f".place.{state}").first.focus()
    for _ in range(2):
        page.keyboard.press("Space")
        words = {"sold": "已售，不能选", "held": "锁定，不能选"}[state]
        expect(page.locator("[data-sheet] > .sr")).to_contain_text(words)
        page.evaluate("document.querySelector('[data-sheet] > .sr').textContent = ''")


def test_the_tools_cover_no_seat_when_the_map_is_near(server: Server, people: Any) -> None:
    phone = people(**PHONE)
    phone.goto(seats_page(server))
    free(phone, "chair").first.tap()
    expect(phone.locator(".stagebox")).to_have_class(re.compile("near"))
    tools, room = phone.locator(".tools").bounding_box(), phone.locator(".stagebox").bounding_box()
    assert tools
    assert room
    assert tools["y"] + tools["height"] <= room["y"]
