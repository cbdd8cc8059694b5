"""A buyer pays on Stripe's page, which the stand-in plays: each way, and what comes in between."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count

import pytest
from playwright.sync_api import Browser, Page, expect

from clients import Buyer
from servers import Server, serving
from stripe_stand_in.hand import Hand, running

pytestmark = pytest.mark.browser
TICKETS = {"zh": "两张票，都在这里。", "en": "Two tickets, all here."}
UNPAID = {"zh": "还没付款", "en": "Not paid yet"}
PHONES = count(13800001234)  # nobody buys more than one person may
AT_STRIPE = re.compile(r"/pay/(cs_\w+)$")
PHONE_AND_DESK = pytest.mark.parametrize("person", ["zh-360", "en-1280"], indirect=True)


@pytest.fixture(scope="module")
def hand() -> Iterator[Hand]:
    with running() as hand:
        yield hand


@pytest.fixture(scope="module")
def office(hand: Hand, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo, which takes the stand-in for Stripe."""
    folder = tmp_path_factory.mktemp("office")
    with serving(f"sqlite:///{folder}/demo.db", folder, **hand.settings) as server:
        hand.listens(server.url)
        yield server


@dataclass
class Person:
    """Somebody with a screen and a language, in one browser after the other."""

    browser: Browser
    lang: str
    width: int
    seats: str
    errors: list[str] = field(default_factory=list)

    def open(self, url: str) -> Page:
        """Open it in a new browser, which knows nothing."""
        page = self.browser.new_context(viewport={"width": self.width, "height": 740}).new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console", lambda told: self.errors.append(told.text) if told.type == "error" else None
        )
        page.goto(url)
        return page

    def order(self) -> Page:
        """Choose two seats, say where the tickets go, and stand before Stripe's page."""
        page = self.open(self.seats)
        page.locator('button[value="best"]').click()
        page.locator(".sheet a.go").click()
        page.locator('input[name="to"]').fill(str(next(PHONES)))
        go_and_pay(page)
        return page

    def order_and_leave(self) -> tuple[Page, str]:
        """Come back from Stripe's page unpaid; return the order's link too."""
        page = self.order()
        page.get_by_role("link", name="←").click()
        expect(page.get_by_role("heading", name=UNPAID[self.lang])).to_be_visible()
        return page, page.url

    def has_tickets(self, page: Page) -> None:
        expect(page.get_by_role("heading", name=TICKETS[self.lang])).to_be_visible()
        expect(page.locator(".ticket .code img")).to_have_count(2)
        assert page.evaluate("document.documentElement.scrollWidth") == self.width


@pytest.fixture
def person(
    browser: Browser, office: Server, hand: Hand, request: pytest.FixtureRequest
) -> Iterator[Person]:
    lang, width = request.param.split("-")
    buyer = Buyer(office.url)
    slug = buyer.performance("shuimen-again-")["slug"]
    seats = f"{office.url}{'/en' if lang == 'en' else ''}/performances/{slug}/seats"
    person = Person(browser, lang, int(width), seats)
    yield person
    for context in list(browser.contexts):
        context.close()
    hand.do("events", how="now")
    assert person.errors == []
    assert hand.do("wrong") == []


def go_and_pay(page: Page) -> None:
    page.locator("button.go:visible").first.click()
    expect(page).to_have_url(AT_STRIPE)


def pay_by(page: Page, method: str) -> None:
    page.locator(f'form:has([value="{method}"]) button[value="pay"]').click()


@pytest.mark.parametrize(
    ("person", "method"),
    [
        ("zh-360", "card"), ("en-1280", "card"), ("en-360", "alipay"), ("zh-1280", "alipay"),
        ("zh-360", "wechat_pay"), ("en-1280", "wechat_pay"),
    ],
    indirect=["person"],
)  # fmt: skip
def test_each_way_leads_to_the_tickets(person: Person, method: str) -> None:
    page = person.order()
    pay_by(page, method)
    person.has_tickets(page)


@PHONE_AND_DESK
def test_whose_card_is_declined_pays_in_another_way(person: Person) -> None:
    page = person.order()
    page.locator('input[name="number"]').fill("4000 0000 0000 0002")
    pay_by(page, "card")
    expect(page.get_by_role("alert")).to_be_visible()
    pay_by(page, "alipay")
    person.has_tickets(page)


@PHONE_AND_DESK
def test_the_back_button_leads_to_the_same_page_of_stripes_again(person: Person) -> None:
    page = person.order()
    before = page.url
    page.go_back()
    go_and_pay(page)
    expect(page).to_have_url(before)
    pay_by(page, "card")
    person.has_tickets(page)


@PHONE_AND_DESK
def test_who_leaves_unpaid_comes_back_by_the_link_and_pays(person: Person) -> None:
    page, link = person.order_and_leave()
    page.context.close()
    page = person.open(link)
    go_and_pay(page)
    pay_by(page, "wechat_pay")
    person.has_tickets(page)


@pytest.mark.parametrize(
    ("person", "events"), [("zh-360", "now"), ("en-1280", "dropped")], indirect=["person"]
)
def test_who_pays_and_closes_the_tab_has_the_tickets_by_the_link(
    person: Person, office: Server, hand: Hand, events: str
) -> None:
    page, link = person.order_and_leave()
    go_and_pay(page)
    session = AT_STRIPE.search(page.url)
    page.context.close()
    hand.do("events", how=events)
    assert session
    hand.do("pay", ident=session[1], method="wechat_pay")
    if events == "dropped":
        half_a_minute_later(office)
    page = person.open(link)
    expect(page.locator("[data-standing]")).to_have_attribute("data-standing", "paid", timeout=8000)
    person.has_tickets(page)


def half_a_minute_later(office: Server) -> None:
    """Let the caretaker's next round ask Stripe for what it has not heard of."""
    with closing(sqlite3.connect(office.database.removeprefix("sqlite:///"))) as database:
        database.execute("UPDATE payment_page SET looked_at = looked_at - 30000")
        database.commit()
