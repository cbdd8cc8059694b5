"""One walk in each engine beside Chromium: somebody buys, has the ticket, and comes through the door."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from browser.engines import ENGINES, Visitor
from clients import JSON, Buyer
from servers import Server
from ticketing.demo.prepare import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:setting remote_server_addr"),  # by selenium itself
    pytest.mark.parametrize("server", ["sqlite"], indirect=True),
]
WORKS = "navigator.serviceWorker.ready.then(({ active }) => active.scriptURL)"
KEPT = """caches.open("ticket").then(async (kept) => {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const found = await Promise.all([location.href, ...loaded].map((each) => kept.match(each)));
  return loaded.length > 5 && found.every(Boolean);
})"""  # all of it: what was not kept would be waited for
ROOMY = """
  const boxes = [...document.querySelectorAll("fieldset input[data-block]")];
  const free = (n, box) => boxes[n]?.disabled === false && boxes[n].dataset.block === box.dataset.block
    && boxes[n].closest("fieldset") === box.closest("fieldset");
  return boxes.find((box, n) => [n, n + 1, n + 2].every((each) => free(each, box)) && !free(n - 1, box)).value"""
DRAWN = "document.querySelector('.ticket .code img').decode().then(() => true)"


@pytest.fixture
def show(server: Server) -> JSON:
    """Return the performance that begins within the hour."""
    return Buyer(server.url).performance("shuimen-now-")


@pytest.fixture(params=ENGINES)
def visitor(request: pytest.FixtureRequest, server: Server, tmp_path: Path) -> Iterator[Visitor]:
    with ENGINES[request.param](tmp_path / "driver.log") as driver:
        yield Visitor(driver, server.url)


@contextmanager
def silent(server: Server) -> Iterator[None]:
    """Let the server take what is sent and answer nothing: a line as bad as lines can be."""
    server.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        server.process.send_signal(signal.SIGCONT)


def test_somebody_buys_has_the_ticket_without_a_line_and_is_let_in(
    visitor: Visitor, server: Server, show: JSON
) -> None:
    stranger = Buyer(server.url)
    order = stranger.order(stranger.best(show["id"], 1), "full", "play")
    stranger.pay(order)
    (unheard,) = stranger.tickets(order)
    mine = bought(visitor, show)
    page = visitor.driver.current_url
    stand_at_the_door(visitor, show)
    for head in ("请进", "已入场"):
        judged(visitor, mine, head)
    with silent(server):
        judged(visitor, unheard["number"], "离线，查不了票号")
        visitor.driver.get(page)
        assert visitor.evaluate(DRAWN) is True
        assert numbered(visitor) == mine


def bought(visitor: Visitor, show: JSON) -> str:
    """Go from the home page to the ticket, by pointer; return the ticket's number."""
    visitor.open("/")
    visitor.tap(f'a[href="/performances/{show["slug"]}"]')
    visitor.tap("a.btn.go", "选座")
    visitor.sees(".place[tabindex='0']")  # the script is here
    visitor.point(f'.place[data-seat="{visitor.driver.execute_script(ROOMY)}"] .hit')
    visitor.sees(".sheet h2", "已选 1 席")
    visitor.tap(".sheet a.go", "确认订单")
    visitor.type('input[name="to"]', "13800001234")
    visitor.tap("button.go", "支付")
    visitor.tap("button", "付款")
    visitor.sees("h1", "一张票，在这里。")
    assert visitor.evaluate(DRAWN) is True
    visitor.until(lambda _: visitor.evaluate(KEPT) is True, "the page is kept")
    assert str(visitor.evaluate(WORKS)).endswith("/ticket-worker.js")
    return numbered(visitor)


def numbered(visitor: Visitor) -> str:
    return str(visitor.sees(".ticket").get_attribute("id")).removeprefix("t-")


def stand_at_the_door(visitor: Visitor, show: JSON) -> None:
    visitor.open("/door")
    visitor.type("input[type=email]", "usher@demo.example")
    visitor.type("input[type=password]", PASSWORD)
    visitor.tap("button.go")
    visitor.tap(f'a[href="/door/main/{show["slug"]}"]')
    visitor.sees("[data-pages]", "可离线")
    visitor.sees("[data-known]", "名单")
    for way in ("拍票上的码", "输票号"):  # there is no camera here
        visitor.sees(".blind .btn", way)


def judged(visitor: Visitor, number: str, head: str) -> None:
    visitor.tap(".hand button", "输票号")
    visitor.type("#code", number)
    visitor.tap("dialog button.go", "查验")
    visitor.sees("section.verdict h1", head)
    visitor.tap("section.verdict button", "下一张")
