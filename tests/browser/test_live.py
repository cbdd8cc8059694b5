"""Two people look at the same seats: what one does, the other sees within two seconds."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from clients import Buyer
from servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("server", ["sqlite"], indirect=True)]
HOUSE = "shuimen-again-"
SOON = 2_000  # ms
HELD = re.compile("held")


@pytest.fixture
def other(browser: Browser) -> Iterator[Page]:
    """Somebody else, in a browser of their own."""
    context = browser.new_context(locale="en-GB", viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


@pytest.fixture
def buyer(server: Server) -> Buyer:
    return Buyer(server.url)


def open_seats(page: Page, server: Server, lang: str = "") -> str:
    """Open the seats and wait for the first word of the stream; return the performance's id."""
    show = Buyer(server.url).performance(HOUSE)
    with page.expect_request("**/availability/stream?form=ids"):
        page.goto(f"{server.url}{lang}/performances/{show['slug']}/seats")
    return str(show["id"])


def place(page: Page, seat: str) -> Locator:
    return page.locator(f'.place[data-seat="{seat}"]')


def test_a_seat_that_one_holds_fades_for_the_other_and_comes_back(
    page: Page, other: Page, server: Server
) -> None:
    open_seats(page, server)
    open_seats(other, server, "/en")
    seat = page.locator(".place.chair.free").last
    name = seat.get_attribute("data-seat") or ""
    place(page, name).click()
    expect(place(other, name)).to_have_class(HELD, timeout=SOON)
    expect(place(page, name)).to_have_class(re.compile("mine"))
    place(page, name).click()
    expect(place(other, name)).to_have_class(re.compile("free"), timeout=SOON)


def test_without_a_stream_the_page_asks(page: Page, server: Server, buyer: Buyer) -> None:
    page.route("**/availability/stream**", lambda route: route.fulfill(status=503))
    held = buyer.best(open_seats(page, server), 1)
    expect(place(page, held["seats"][0])).to_have_class(HELD, timeout=2 * SOON)
    buyer.http.delete(f"/api/holds/{held['token']}")


def test_a_stream_that_is_kept_back_on_the_way_is_replaced_by_asking(
    page: Page, server: Server, buyer: Buyer
) -> None:
    page.route("**/availability/stream**", lambda route: None)  # never answered
    page.clock.install()
    held = buyer.best(open_seats(page, server), 1)
    page.clock.fast_forward(7_000)
    expect(place(page, held["seats"][0])).to_have_class(HELD, timeout=SOON)
    buyer.http.delete(f"/api/holds/{held['token']}")
    page.unroute_all(behavior="ignoreErrors")


def test_a_hidden_page_is_told_nothing_and_everything_when_it_is_seen_again(
    page: Page, server: Server, buyer: Buyer
) -> None:
    performance = open_seats(page, server)
    hide(page, True)
    held = buyer.best(performance, 1)
    page.wait_for_timeout(SOON)
    expect(place(page, held["seats"][0])).to_have_class(re.compile("free"))
    hide(page, False)
    expect(place(page, held["seats"][0])).to_have_class(HELD, timeout=SOON)
    buyer.http.delete(f"/api/holds/{held['token']}")


def hide(page: Page, hidden: bool) -> None:
    """Say to the page's scripts that nobody looks at it, or that somebody does again."""
    page.evaluate(
        """hidden => {
            Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def test_the_page_reads_few_bytes_as_it_reads_ids(page: Page, server: Server, buyer: Buyer) -> None:
    address = f"/api/performances/{open_seats(page, server)}/availability"
    by_ids, bits = buyer.get(address), buyer.get(f"{address}?form=bits")
    decoded = page.evaluate(
        """async signs => {
            const { decode } = await import("/static/js/seats/seat_bits.js");
            const { order } = await import("/static/js/seats/map.js");
            return [...decode(signs, order(), 0)];
        }""",
        bits["seats"],
    )
    told = {seat: state for state in ("sold", "held") for seat in by_ids[state]}
    assert told
    assert dict(decoded) == told
