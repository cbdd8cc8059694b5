"""Take a picture of every page, at 360 and 1280 px, in both languages, from a running demo.

python tools/pictures.py http://127.0.0.1:8000 var/pictures
"""

import json
import os
import sys
import uuid
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

WIDTHS = {360: 740, 1280: 800}
PASSWORD = "nanhu-demo-2026"
FLAGS = ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"]


def main(base: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            chromium_sandbox=os.geteuid() != 0,
            args=FLAGS,
        )
        for width, height in WIDTHS.items():
            for lang in ("zh", "en"):
                take(browser, base, folder, width, height, lang)
        browser.close()


def take(browser: Browser, base: str, folder: Path, width: int, height: int, lang: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": height}, timezone_id="Asia/Shanghai", base_url=base,
        locale="zh-CN" if lang == "zh" else "en-GB",
    )  # fmt: skip
    page = context.new_page()
    page.on("console", lambda said: report(page, said.type, said.text))
    page.on("pageerror", lambda error: report(page, "error", str(error)))
    prefix = "" if lang == "zh" else "/en"
    for name, path in pages(page).items():
        page.goto(prefix + path)
        page.wait_for_timeout(400)
        page.screenshot(path=folder / f"{name}-{width}-{lang}.png", full_page=True)
    sign_in(page, prefix)
    for name, path in office(page).items():
        page.goto(prefix + path)
        page.wait_for_timeout(400)
        page.screenshot(path=folder / f"{name}-{width}-{lang}.png", full_page=True)
    context.close()


def report(page: Page, kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        print(f"{kind} at {page.url}: {text}")


def slugs(page: Page) -> dict[str, dict[str, str]]:
    shows = json.loads(page.request.get("/api/performances").text())
    names = (
        "tiandishu-demo-",
        "tiandishu-soon-",
        "tiandishu-2026",
        "sangeng-",
        "hushang-",
        "shuimen-now-",
    )
    return {name: next(s for s in shows if s["slug"].startswith(name)) for name in names}


def pages(page: Page) -> dict[str, str]:
    """Buy by the API what the pages after a purchase need."""
    shows = slugs(page)
    demo = shows["tiandishu-demo-"]
    held = hold(page, demo["id"], 2)
    paid = order(page, demo["id"], 2)
    page.request.post(paid["payment"]["url"], form={"outcome": "pay"})
    waiting = order(page, demo["id"], 1)
    shown = page.request.get(f"/api/orders/{paid['secret']}").json()
    payment = waiting["payment"]["url"]
    return {
        "festival": "/",
        "search": "/?q=sangeng",
        "performance": f"/performances/{demo['slug']}",
        "performance-soon": f"/performances/{shows['tiandishu-soon-']['slug']}",
        "performance-past": f"/performances/{shows['tiandishu-2026']['slug']}",
        "performance-free": f"/performances/{shows['hushang-']['slug']}",
        "performance-sold-out": f"/performances/{shows['sangeng-']['slug']}",
        "seats": f"/performances/{demo['slug']}/seats",
        "seats-free": f"/performances/{shows['hushang-']['slug']}/seats",
        "seats-soon": f"/performances/{shows['tiandishu-soon-']['slug']}/seats",
        "checkout": f"/checkout/{held['token']}",
        "play": payment[payment.index("/payments") :],
        "order": f"/orders/{paid['secret']}",
        "order-waiting": f"/orders/{waiting['secret']}",
        "ticket": f"/tickets/{shown['tickets'][0]['secret']}",
        "orders": "/orders",
        "terms": "/terms",
        "missing": "/no-such-page",
        "sign-in": "/sign-in",
    }


def office(page: Page) -> dict[str, str]:
    shows = slugs(page)
    past, now = shows["tiandishu-2026"]["slug"], shows["shuimen-now-"]["slug"]
    return {
        "door": "/door",
        "door-scan": f"/door/main/{now}",
        "door-list": f"/door/main/{past}/list",
        "office": "/office",
        "office-show": f"/office/performances/{past}",
        "counter": f"/office/performances/{now}/counter",
        "letters": "/office/letters",
    }


def hold(page: Page, performance: str, quantity: int) -> dict[str, list[str]]:
    wish = {"best": {"quantity": quantity}}
    answer = page.request.post(f"/api/performances/{performance}/holds", data=wish)
    return dict(answer.json())


def order(page: Page, performance: str, quantity: int) -> dict[str, dict[str, str]]:
    held = hold(page, performance, quantity)
    body = {
        "hold": held["token"], "buyer": {"email": "guest@example.com"}, "gateway": "play",
        "lines": [{"seat": seat, "ticket_type": "funded"} for seat in held["seats"]],
    }  # fmt: skip
    headers = {"idempotency-key": str(uuid.uuid4())}
    return dict(page.request.post("/api/orders", data=body, headers=headers).json())


def sign_in(page: Page, prefix: str) -> None:
    page.goto(f"{prefix}/sign-in")
    page.fill("input[name=email]", "admin@demo.example")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
