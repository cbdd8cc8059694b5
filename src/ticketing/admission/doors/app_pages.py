"""The usher's app: a page that needs no line, the worker that keeps it, and how a phone installs it."""

import hashlib
import json
from functools import cache
from typing import Any

from litestar import Response, get
from markupsafe import Markup

from ticketing.admission.wording.attention import ATTENTION
from ticketing.admission.wording.texts import TEXTS
from ticketing.foundation.codes import ALPHABET
from ticketing.foundation.front import Front
from ticketing.foundation.resources import directory
from ticketing.foundation.words import choose
from ticketing.web.fast.raw_response import Ready
from ticketing.web.pages import HTML_LANG, address, asset, icon_address, render
from ticketing.web.request import Request
from ticketing.web.routers import public_pages


@cache
def texts() -> Markup:
    """Return the door's texts as JSON that may stand in a page."""
    verdicts = {
        key: {"sign": sign, "zh": zh._asdict(), "en": en._asdict()}
        for key, (sign, zh, en) in TEXTS.items()
    }
    text = json.dumps({"verdicts": verdicts, "attention": ATTENTION}, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704  JSON without a tag in it


@get("/door/app")
async def app(request: Request) -> Response[Any]:
    """The same for everybody: who may do what is decided by the device's token."""
    return page(request.lang)


def page(lang: str) -> Ready:
    body = render("admission/app.html", lang, path="/door/app", alphabet=ALPHABET, texts=texts())
    headers = {"content-type": "text/html; charset=utf-8", "cache-control": "no-cache"}
    return Ready(200, body.encode(), headers)


@get("/door-worker.js")
async def worker(request: Request) -> Ready:
    languages = Front.house["languages"]
    shells = [address(lang, "/door/app") for lang in languages]
    kept = {"VERSION": version(languages), "SHELLS": shells, "FILES": [*shells, *addresses()]}
    told = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in kept.items())
    script = (directory("static") / "door-worker.js").read_text()
    headers = {"content-type": "text/javascript", "cache-control": "no-cache"}
    return Ready(200, (told + script).encode(), headers)


@get("/door.webmanifest")
async def installation(request: Request) -> Ready:
    lang = request.lang
    start, name = address(lang, "/door/app"), choose(lang, "验票", "Door")
    content = {
        "name": name, "short_name": name,
        "start_url": start, "scope": start.removesuffix("/app"), "display": "standalone",
        "background_color": "#07090a", "theme_color": "#07090a",
        "lang": HTML_LANG[lang],
        "icons": [{"src": icon_address(), "sizes": "any", "type": "image/svg+xml"}],
    }  # fmt: skip
    headers = {"content-type": "application/manifest+json", "cache-control": "no-cache"}
    return Ready(200, json.dumps(content, ensure_ascii=False).encode(), headers)


def addresses() -> list[str]:
    """Return what the app's page loads: its style sheet and scripts, and those that its scripts import."""
    own, vendor = modules()
    return [
        asset("door.css"),
        icon_address(),
        *map(asset, own),
        *(f"/static/{each}" for each in vendor),
    ]


@cache
def modules() -> tuple[list[str], list[str]]:
    """Return the app's own modules and what they import of others, below the folder of static files."""
    top = directory("static")

    def below(folder: str) -> list[str]:
        return sorted(str(path.relative_to(top)) for path in (top / folder).rglob("*"))

    vendor = (
        each for each in below("vendor") if each.endswith((".js", ".wasm")) and "/qr/" not in each
    )
    return ["js/shared/i18n.js", "js/shared/ranges.js", *below("js/door")], list(vendor)


def version(languages: list[str]) -> str:
    """Return what changes when anything does that the worker keeps: the page names the files' release."""
    content = hashlib.sha256()
    for lang in languages:
        content.update(page(lang).content)
    return content.hexdigest()[:12]


handlers = [public_pages(app, worker, installation)]
