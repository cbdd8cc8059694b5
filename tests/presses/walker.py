"""The walker: it finds every control of a page by itself, presses it, and tells those that do nothing.

A control is alive when pressing it leads elsewhere, changes what is seen or heard of the page, copies,
prints or downloads something. A page that comes back the same, without a word, is a dead control, and
so is whatever answers with an error of ours or throws one in the script.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page, Request, Response

KNOWS = Path(__file__).with_name("presses.js").read_text()
HEARS = """
window.heard = 0;
for (const [thing, act] of [[window, "print"], [window, "open"], [navigator, "share"]])
  Object.defineProperty(thing, act, { value: async () => { window.heard += 1; }, configurable: true });
if (navigator.clipboard) navigator.clipboard.writeText = async () => { window.heard += 1; };
"""
NAMES = re.compile(
    r"(?<=/)(?:[a-z2-7]{32}|[0-9a-f]{8}-[0-9a-f-]{27}|NH[A-Z0-9]{8}|state-[a-z-]+|[a-z0-9-]*\d{4}[a-z0-9-]*)(?=/|$)"
)
POLLS = re.compile(r"/(?:count|availability|stream|manifest|scan-batches)\b|/health/")
LEAST, MOST = 60, 1500  # ms after a press


@dataclass
class Walk:
    """``pages`` seen by state and kind, ``pressed`` by kind and control; ``dead`` tells what did nothing."""

    pages: set[tuple[str, str]] = field(default_factory=set)
    pressed: set[tuple[str, str, bool]] = field(default_factory=set)
    dead: list[str] = field(default_factory=list)


def kind(path: str) -> str:
    """Return by what pages are one kind: their address without the names in it."""
    plain, _, query = path.partition("#")[0].partition("?")
    keys = ",".join(sorted(part.partition("=")[0] for part in query.split("&") if part))
    return f"{NAMES.sub('*', plain)}?{keys}"


def ready(page: Page) -> None:
    """Let a page know its controls, hear what it copies or prints, and say yes to what it asks."""
    page.add_init_script(HEARS + KNOWS)
    page.on("dialog", lambda dialog: dialog.accept("1"))


def sign_in(page: Page, email: str, password: str) -> None:
    form = "main form >> nth=0 >> "
    page.goto("/sign-in")
    page.fill(f"{form}input[name=email]", email)
    page.fill(f"{form}input[name=password]", password)
    page.press(f"{form}input[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def walk(
    page: Page, found: Walk, starts: Iterable[str], *, goes: Callable[[str], bool], state: str = ""
) -> None:
    """Press everything on all pages to which one can and ``goes``; the same link of one kind of page once,
    the same button once in each ``state`` of a night."""
    waiting = deque(starts)
    while waiting:
        path = waiting.popleft()
        if (state, kind(path)) not in found.pages and goes(path):
            found.pages.add((state, kind(path)))
            waiting += press_all(page, path, found, state)


def press_all(page: Page, path: str, found: Walk, state: str) -> list[str]:
    """Press each control of one page; return the addresses that stand on it."""
    go(page, path)
    every = page.evaluate("window.controls()")
    ways = [each["href"] for each in every if is_ours(each["href"])]
    for control in every:
        for filled in (False, True) if control["submits"] else (False,):
            of = "" if control["href"] else f"{state} {kind(path)}"
            key = (of, NAMES.sub("*", control["name"]), filled)
            if key in found.pressed or leads_out(control) or leads_back(page, control):
                continue
            found.pressed.add(key)
            if why := press(page, path, control, filled):
                said = f"“{control['words'][:40]}”{' filled' if filled else ''}"
                found.dead.append(f"{path} {said}: {why}")
    return ways


def press(page: Page, path: str, control: dict[str, Any], filled: bool) -> str:
    """Return what is wrong with a control, "" where pressing it does something."""
    go(page, path)
    wrong: list[str] = []
    asked: list[str] = []

    def answered(response: Response) -> None:
        if response.status >= 500:
            wrong.append(f"{response.status} {response.url}")

    def asks(request: Request) -> None:
        if request.is_navigation_request() or not POLLS.search(request.url):
            asked.append(request.url)

    def failed(error: Error) -> None:
        wrong.append(str(error))

    listeners = (("response", answered), ("request", asks), ("pageerror", failed))
    for event, listener in listeners:
        page.on(event, listener)  # type: ignore[call-overload]
    try:
        return act(page, control, filled, asked) or "; ".join(wrong)
    finally:
        for event, listener in listeners:
            page.remove_listener(event, listener)


def act(page: Page, control: dict[str, Any], filled: bool, asked: list[str]) -> str:
    where = [control["name"], control["nth"]]
    if filled:
        page.evaluate("([name, n]) => window.fill(name, n)", where)
    before, address = page.evaluate("window.looks()"), page.url
    handle = page.evaluate_handle("([name, n]) => window.control(name, n)", where).as_element()
    if handle is None:
        return ""  # an act before it took it away
    try:
        if page.evaluate("(element) => window.forKeysAlone(element)", handle):
            handle.focus()
            page.keyboard.press("Enter")
        else:
            handle.click(timeout=3000)
    except Error as error:
        if page.url == address and "not attached" not in error.message:
            return f"cannot be pressed: {error.message.splitlines()[0]}"
    waited = 0
    while waited < MOST:
        page.wait_for_timeout(LEAST)
        waited += LEAST
        try:
            page.wait_for_load_state("domcontentloaded", timeout=5000)
            if page.url != address or page.evaluate("window.heard > 0 || window.looks()") != before:
                return ""
        except Error:  # it is on its way to another page
            continue
    return "the page came back the same" if asked else "nothing happened"


def go(page: Page, path: str) -> None:
    page.goto(path, wait_until="domcontentloaded")


def is_ours(href: str | None) -> bool:
    return (
        bool(href)
        and str(href).startswith("/")
        and not re.search(r"\.(csv|xlsx|ics|png|svg|json|txt)\b", str(href))
    )


def leads_out(control: dict[str, Any]) -> bool:
    """Mails, telephones, other sites, files that the browser saves; and the way out of the office."""
    href = control["href"] or "#"
    stays = href.startswith(("?", "#")) or is_ours(href)
    return "/sign-out" in control["name"] or not stays


def leads_back(page: Page, control: dict[str, Any]) -> bool:
    """A link to where one is."""
    href, here = control["href"], urlsplit(page.url)
    return control["current"] or href in (here.path, f"{here.path}?{here.query}")
