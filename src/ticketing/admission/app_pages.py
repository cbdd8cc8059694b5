"""The usher's app: a page that needs no line, the worker that keeps it, and how a phone installs it."""

import hashlib
import json
from functools import cache
from typing import Any

from litestar import Response, get
from markupsafe import Markup

from ticketing.admission.attention import ATTENTION
from ticketing.admission.texts import TEXTS
from ticketing.foundation.codes import ALPHABET
from ticketing.foundation.guards import public
from ticketing.foundation.pages import STYLES, asset, render
from ticketing.foundation.ready import Ready
from ticketing.foundation.resources import directory
from ticketing.foundation.web import AnyRequest, language

SHELLS = ("/door/app", "/en/door/app")
SHARED = ("js/words.js", "icon.svg")


@cache
def texts() -> Markup:
    """Return the door's texts as JSON that may stand in a page."""
    verdicts = {
        key: {"sign": sign, "zh": zh._asdict(), "en": en._asdict()}
        for key, (sign, zh, en) in TEXTS.items()
    }
    text = json.dumps({"verdicts": verdicts, "attention": ATTENTION}, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704  JSON without a tag in it


@get("/door/app", opt=public, include_in_schema=False)
async def app(request: AnyRequest) -> Response[Any]:
    """The same for everybody: who may do what is decided by the device's token."""
    return page(language(request))


def page(lang: str) -> Ready:
    body = render("admission/app.html", lang, path="/door/app", alphabet=ALPHABET, texts=texts())
    headers = {"content-type": "text/html; charset=utf-8", "cache-control": "no-cache"}
    return Ready(200, body.encode(), headers)


@get("/door-worker.js", opt=public, include_in_schema=False)
async def worker(request: AnyRequest) -> Ready:
    files = [*SHELLS, *addresses()]
    told = f"const VERSION = {version()!r};\nconst FILES = {json.dumps(files)};\n"
    script = (directory("static") / "door-worker.js").read_text()
    headers = {"content-type": "text/javascript", "cache-control": "no-cache"}
    return Ready(200, (told + script).encode(), headers)


@get("/door.webmanifest", opt=public, include_in_schema=False)
async def installation(request: AnyRequest) -> Ready:
    english = language(request) == "en"
    start = "/en/door/app" if english else "/door/app"
    content = {
        "name": "Door" if english else "验票", "short_name": "Door" if english else "验票",
        "start_url": start, "scope": start.removesuffix("/app"), "display": "standalone",
        "background_color": "#07090a", "theme_color": "#07090a",
        "lang": "en" if english else "zh-CN",
        "icons": [{"src": asset("icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }  # fmt: skip
    headers = {"content-type": "application/manifest+json", "cache-control": "no-cache"}
    return Ready(200, json.dumps(content, ensure_ascii=False).encode(), headers)


@cache
def addresses() -> list[str]:
    """Return what the app's page loads: its styles and scripts, and those that its scripts import."""
    top = directory("static")
    scripts = sorted(path.relative_to(top) for path in (top / "js/door").glob("*.js"))
    vendor = sorted(
        path.relative_to(top)
        for path in (top / "vendor").rglob("*")
        if path.suffix in (".js", ".wasm") and path.parent.name != "qr"
    )
    return [
        *(asset(f"css/{name}.css") for name in STYLES), asset("js/door/page.js"), asset("icon.svg"),
        *(f"/static/{path}" for path in (*SHARED, *scripts, *vendor)),
    ]  # fmt: skip


@cache
def version() -> str:
    """Return what changes when anything does that the worker keeps."""
    top = directory("static")
    content = hashlib.sha256(texts().encode())
    for address in addresses():
        content.update((top / address.removeprefix("/static/").partition("?")[0]).read_bytes())
    for template in sorted((directory("templates") / "admission").glob("*.html")):
        content.update(template.read_bytes())
    return content.hexdigest()[:12]


handlers = [app, worker, installation]
