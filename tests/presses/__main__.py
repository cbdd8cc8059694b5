"""Press every control of every page of the demo: PYTHONPATH=tests python -m presses

Prints how many kinds of pages were seen, how often something was pressed, and each control that did nothing;
ends with 1 where there is one. Minutes long, so it is no part of the suite.
"""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from clients import Buyer
from conftest import CHROMIUM, FLAGS
from presses.walker import Walk, ready, walk
from servers import Server, serving
from ticketing.demo.prepare import PASSWORD


def main() -> int:
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(f"sqlite:///{folder}/demo.db", Path(folder)) as demo,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=os.geteuid() != 0, args=FLAGS
        )

        def opened(width: int, height: int) -> Page:
            context = browser.new_context(
                viewport={"width": width, "height": height}, base_url=demo.url, locale="zh-CN",
                bypass_csp=True, reduced_motion="reduce", service_workers="block",
            )  # fmt: skip
            page = context.new_page()
            ready(page)
            return page

        dead = told("audience", audience(opened(360, 740), demo))
        dead += told("office", office(opened(1280, 900)))
        browser.close()
    return 1 if dead else 0


def audience(page: Page, demo: Server) -> Walk:
    buyer, found = Buyer(demo.url), Walk()
    here = buyer.performance("tiandishu-demo-")
    held = buyer.best(here["id"], 2)
    paid = buyer.order(buyer.best(here["id"], 2), "funded", "play")
    buyer.pay(paid)
    waiting = buyer.order(buyer.best(here["id"], 1), "funded", "play")
    ticket = buyer.get(f"/api/orders/{paid['secret']}")["tickets"][0]
    starts = [
        "/", f"/orders/{paid['secret']}", f"/orders/{waiting['secret']}", f"/tickets/{ticket['secret']}",
        f"/checkout/{held['token']}",
        *(f"/performances/{each['slug']}" for each in buyer.get("/api/performances")),
    ]  # fmt: skip
    elsewhere = ("/office", "/door", "/en", "/sign-in")
    walk(page, found, starts, goes=lambda path: not path.startswith(elsewhere))
    return found


def office(page: Page) -> Walk:
    found = Walk()
    page.goto("/sign-in")
    page.fill("main form >> nth=0 >> input[name=email]", "admin@demo.example")
    page.fill("main form >> nth=0 >> input[name=password]", PASSWORD)
    page.press("main form >> nth=0 >> input[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    walk(page, found, ["/office"], goes=lambda path: path.startswith("/office"))
    return found


def told(who: str, found: Walk) -> int:
    """Say what was seen of these pages, and return how many controls did nothing."""
    print(
        f"{who}: {len(found.pages)} kinds of pages, {len(found.pressed)} presses, {len(found.dead)} dead"
    )
    print(*found.dead, sep="\n", flush=True)
    return len(found.dead)


sys.exit(main())
