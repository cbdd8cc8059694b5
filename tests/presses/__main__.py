"""Press every control of every page, of the demo and in every state of a night: make presses

Prints how many kinds of pages were seen, how often something was pressed, and each control that did nothing;
ends with 1 where there is one. It takes long, so it is no part of the suite.
"""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from clients import Buyer
from conftest import CHROMIUM, FLAGS
from presses import states
from presses.states import every_state
from presses.walker import Walk, ready, sign_in, walk
from servers import Server, serving
from ticketing.demo.prepare import PASSWORD


def main() -> int:
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(f"sqlite:///{folder}/demo.db", Path(folder)) as demo,
        every_state(Path(folder)) as (house, nights),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=os.geteuid() != 0, args=FLAGS
        )

        def opened(server: Server, width: int, height: int) -> Page:
            context = browser.new_context(
                viewport={"width": width, "height": height}, base_url=server.url, locale="zh-CN",
                bypass_csp=True, reduced_motion="reduce", service_workers="block",
            )  # fmt: skip
            page = context.new_page()
            ready(page)
            return page

        phone, desk = (360, 740), (1280, 900)
        dead = told("audience of the demo", audience(opened(demo, *phone), demo))
        dead += told("office of the demo", office(opened(demo, *desk)))
        dead += told("audience in every state", states.audience(opened(house, *phone), nights))
        dead += told("office in every state", states.office(opened(house, *desk), nights))
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
    sign_in(page, "admin@demo.example", PASSWORD)
    walk(page, found, ["/office"], goes=lambda path: path.startswith("/office"))
    return found


def told(who: str, found: Walk) -> int:
    """Say what was seen of these pages, and return how many controls did nothing."""
    kinds, seen = ({each[n] for each in found.pages} for n in (1, 0))
    print(
        f"{who}: {len(kinds)} kinds of pages x {len(seen)} states, {len(found.pages)} seen,"
        f" {len(found.pressed)} presses, {len(found.dead)} dead"
    )
    print(*found.dead, sep="\n", flush=True)
    return len(found.dead)


sys.exit(main())
