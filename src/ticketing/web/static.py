"""The files that pages use, read once: what is not in the folder at the start is not there."""

import mimetypes
from functools import cache
from pathlib import Path

from litestar import Response, get
from litestar.params import FromPath

from ticketing.foundation.errors import NotFound
from ticketing.foundation.resources import directory
from ticketing.web.fast.precompressed import Packed, pack
from ticketing.web.pages import SHEETS, icon, release
from ticketing.web.request import Request
from ticketing.web.routers import public_pages

FOREVER = "public, max-age=31536000, immutable"  # the address names this release
AN_HOUR = "public, max-age=3600"
NOW = "no-cache"


@get("/static/{path:path}")
async def static_file(request: Request, path: FromPath[str]) -> Response[bytes]:
    """A page from before the last release gets what there is now, and keeps none of it."""
    named, _, rest = path.removeprefix("/").partition("/")
    if not named.startswith("r-"):
        return found("static", path).answer(request, NOW)
    return found("static", f"/{rest}").answer(request, FOREVER if named == release() else NOW)


@get("/static/icon.svg")
async def icon_file(request: Request) -> Response[bytes]:
    return pack(icon().encode(), "image/svg+xml").answer(request, AN_HOUR)


@get("/robots.txt")
async def robots(request: Request) -> Response[bytes]:
    return found("static", "/robots.txt").answer(request, AN_HOUR)


def found(folder: str, path: str) -> Packed:
    try:
        return files(folder)[path]
    except KeyError:
        raise NotFound() from None


@cache
def files(folder: str) -> dict[str, Packed]:
    """Return every file under the folder by its address, so that no path leads out of it."""
    top = directory(folder)
    found = {f"/{path.relative_to(top)}": read(path) for path in top.rglob("*") if path.is_file()}
    return found | (sheets(top / "css") if folder == "static" else {})


def sheets(css: Path) -> dict[str, Packed]:
    """Return each kind of page's style sheet, put together from its parts."""
    return {
        f"/{kind}.css": pack(
            "".join((css / f"{part}.css").read_text() for part in parts).encode(), "text/css"
        )
        for kind, parts in SHEETS.items()
    }


def read(path: Path) -> Packed:
    body = path.read_bytes()
    kind = "text/javascript" if path.suffix == ".js" else mimetypes.guess_type(path.name)[0]
    return pack(body, kind or "application/octet-stream")


handlers = [public_pages(static_file, icon_file, robots)]
