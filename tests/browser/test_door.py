"""The door in a browser whose camera is held before a real ticket."""

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from clients import JSON, Buyer
from conftest import CHROMIUM, FLAGS
from servers import Server
from ticketing.demo.prepare import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("server", ["sqlite"], indirect=True)]
FRAMES = 30  # a second: so fast does Chromium show a film


@pytest.fixture
def show(server: Server) -> JSON:
    """Return the performance that begins within the hour."""
    return Buyer(server.url).performance("shuimen-now-")


@pytest.fixture
def ticket(server: Server, show: JSON) -> JSON:
    """Buy a ticket; ``png`` is the picture of its code."""
    buyer = Buyer(server.url)
    order = buyer.order(buyer.best(show["id"], 1, section="stool"), "funded", "play")
    buyer.pay(order)
    (ticket,) = buyer.get(f"/api/orders/{order['secret']}")["tickets"]
    png = buyer.http.get(f"/tickets/{ticket['secret']}/code.png").content
    code = buyer.get(f"/api/tickets/{ticket['secret']}")["code"]
    return {**ticket, "png": png, "code": code}


@pytest.fixture
def phone(
    server: Server, ticket: JSON, browser: Browser, tmp_path: Path
) -> Iterator[BrowserContext]:
    """An usher's phone, signed in, whose camera sees the ticket and then nothing, for ever."""
    film = tmp_path / "camera.mjpeg"
    film.write_bytes(scene(ticket["png"]) * 2 * FRAMES + scene(None) * 5 * FRAMES)
    with chromium(browser, f"--use-file-for-fake-video-capture={film}") as phone:
        sign_in(phone.new_page(), server.url)
        yield phone


@contextmanager
def chromium(browser: Browser, *flags: str) -> Iterator[BrowserContext]:
    """Another Chromium, with a camera that nobody has to allow."""
    fake = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    another = browser.browser_type.launch(
        executable_path=CHROMIUM, chromium_sandbox=os.geteuid() != 0, args=[*FLAGS, *fake, *flags]
    )
    yield another.new_context(locale="zh-CN", viewport={"width": 360, "height": 740})
    another.close()


LISTED = re.compile(r"名单 \d+ 张")


def scene(png: bytes | None) -> bytes:
    """Return one frame: the code on a phone that is held up in a dim room."""
    frame = Image.new("RGB", (640, 480), "#20282b")
    if png:
        frame.paste(Image.new("RGB", (270, 400), "#f3f2ec"), (185, 40))
        frame.paste(Image.open(io.BytesIO(png)).convert("RGB").resize((250, 250)), (195, 110))
    stream = io.BytesIO()
    frame.save(stream, "JPEG", quality=92)
    return stream.getvalue()


def sign_in(page: Page, url: str, who: str = "usher") -> None:
    page.goto(f"{url}/door")
    page.locator("input[type=email]").fill(f"{who}@demo.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("button.go").click()
    page.wait_for_url("**/door")


def stand(phone: BrowserContext, server: Server, show: JSON) -> Page:
    page = phone.pages[0]
    page.goto(f"{server.url}/door/main/{show['slug']}")
    return page


def test_the_camera_admits_a_ticket_once(phone: BrowserContext, server: Server, show: JSON) -> None:
    page = stand(phone, server, show)
    head = page.locator("section.verdict h1")
    before = int(page.locator("[data-inside]").inner_text())
    expect(head).to_have_text("请进", timeout=15_000)
    expect(page.locator("section.verdict .where")).to_contain_text("矮凳")
    expect(head).to_have_text(
        "已入场", timeout=15_000
    )  # it went by itself, and the film began again
    expect(page.locator("section.verdict .where")).to_contain_text("门 A")
    expect(page.locator("[data-inside]")).to_have_text(str(before + 1), timeout=15_000)


def test_a_number_is_typed_on_the_screens_own_keys(
    phone: BrowserContext, server: Server, show: JSON, ticket: JSON
) -> None:
    page = stand(phone, server, show)
    page.locator("button", has_text="输票号").last.click()
    for sign in "222222":
        page.locator(f"[data-key='{sign}']").click()
    page.locator("button", has_text="查验").click()
    expect(page.locator("section.verdict h1")).to_have_text("查无此票")
    page.locator("section.verdict").click()
    expect(page.locator("section.verdict")).to_be_hidden()


def ready(page: Page) -> None:
    """Wait until the phone needs no line any more."""
    expect(page.locator("[data-known]")).to_contain_text(LISTED, timeout=10_000)
    expect(page.locator("[data-pages]")).to_have_text("可离线", timeout=20_000)


def test_a_scan_without_a_line_is_judged_here_and_sent_later(
    server: Server, show: JSON, ticket: JSON, browser: Browser
) -> None:
    with chromium(browser) as phone:
        sign_in(phone.new_page(), server.url)
        page = stand(phone, server, show)
        ready(page)
        head, inside = page.locator("section.verdict h1"), page.locator("[data-inside]")
        before = int(inside.inner_text())
        phone.set_offline(True)
        page.keyboard.type(ticket["code"] + "\n")
        expect(head).to_have_text("请进")
        expect(page.locator("section.verdict .where")).to_contain_text("矮凳")
        expect(page.locator("[data-unsent]")).to_contain_text("待传 1")
        page.reload()  # the page itself comes from the phone
        expect(page.locator("[data-line]")).to_have_text("离线", timeout=20_000)
        expect(inside).to_have_text(str(before + 1))
        page.keyboard.type(ticket["code"] + "\n")
        expect(head).to_have_text("已入场")
        phone.set_offline(False)
        expect(page.locator("[data-unsent]")).to_be_hidden(timeout=20_000)
        expect(inside).to_have_text(str(before + 1))


def test_a_photo_is_read_where_there_is_no_camera(
    server: Server, show: JSON, ticket: JSON, page: Page
) -> None:
    sign_in(page, server.url)
    page.goto(f"{server.url}/door/main/{show['slug']}")
    expect(page.locator(".blind")).to_be_visible()
    photo = FilePayload(name="t.jpg", mimeType="image/jpeg", buffer=scene(ticket["png"]))
    page.locator("[data-photo]").set_input_files(photo)
    expect(page.locator("section.verdict h1")).to_have_text("请进")


def test_on_plain_http_it_says_why_there_is_no_camera(
    server: Server, show: JSON, browser: Browser
) -> None:
    with chromium(browser, "--host-resolver-rules=MAP theatre.test 127.0.0.1") as phone:
        page = phone.new_page()
        url = server.url.replace("127.0.0.1", "theatre.test")
        sign_in(page, url)
        page.goto(f"{url}/door/main/{show['slug']}")
        expect(page.locator(".blind")).to_contain_text("不是 https")
        page.keyboard.type("222222\n")
        expect(page.locator("section.verdict h1")).to_have_text("查无此票")


def test_without_a_script_the_number_is_typed_into_a_form(
    server: Server, show: JSON, ticket: JSON, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    sign_in(page, server.url)
    page.goto(f"{server.url}/door/main/{show['slug']}")
    page.locator("#code").fill(ticket["number"])
    page.locator("button", has_text="查验").click()
    expect(page.locator("h1")).to_have_text("请进")
    page.locator("a", has_text="下一张").click()
    expect(page.locator("#code")).to_be_visible()
    context.close()


def test_a_supervisor_who_signs_in_on_an_ushers_phone_may_look_up(
    server: Server, show: JSON, page: Page
) -> None:
    look = page.locator("form.look")
    for who, may in (("usher", False), ("organiser", True)):
        page.context.clear_cookies()
        sign_in(page, server.url, who)
        page.goto(f"{server.url}/door/main/{show['slug']}")
        page.locator(".hand button[data-open=more]").click()
        expect(look).to_be_visible(visible=may)
