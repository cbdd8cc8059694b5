"""What every door shares: the reader's language, pages, typed text, where a request comes from."""

from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import litestar
from litestar import MediaType, Response
from litestar.datastructures import Cookie
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from ticketing.config import Settings
from ticketing.foundation.codes import digest
from ticketing.foundation.desk import Desk
from ticketing.foundation.errors import BadInput, Forbidden
from ticketing.foundation.pages import Front, address, choose, render
from ticketing.foundation.typed_text import one_line

SAFE = {"GET", "HEAD", "OPTIONS"}
DONE, DONE_SECONDS = "done", 60  # the cookie that carries what was done to the page that says so


class Request(litestar.Request[Any, Any, Any]):
    """A request, with what every door asks it for."""

    @property
    def desk(self) -> Desk:
        desk: Desk = self.app.state.desk
        return desk

    @property
    def settings(self) -> Settings:
        settings: Settings = self.app.state.settings
        return settings

    @property
    def now(self) -> int:
        """Return milliseconds by the app's clock, at this very moment."""
        now: int = self.app.state.clock.now()
        return now

    @property
    def lang(self) -> str:
        return language(self)

    @property
    def actor(self) -> Any:
        """Return who works here, as the guard of the office or the door found; an ``accounts`` Actor."""
        return self.state.actor


def language(request: Request) -> str:
    """Return zh or en, one that the house speaks: the prefix decides, without one the house's first; a
    program may say so by Accept-Language."""
    spoken: list[str] = Front.house["languages"]
    wanted = request.scope.get("lang") or (
        header(request, b"accept-language").strip().lower()[:2] if is_api(request) else ""
    )
    return wanted if wanted in spoken else spoken[0]


def is_api(request: Request) -> bool:
    """A program asks where the schema says what is answered."""
    if request.scope["path"].startswith("/api/"):
        return True
    if request.app.openapi_config is None:  # without a schema nothing stands in it
        return False
    handler = request.scope.get("route_handler")
    return isinstance(handler, HTTPRouteHandler) and handler.resolve_include_in_schema()


def header(request: Request, name: bytes) -> str:
    """Return one header, "" without it; the others are not decoded, which costs more than a page."""
    for key, value in request.scope["headers"]:
        if key == name:
            return value.decode("latin-1")
    return ""


class ForeignSite(Forbidden):
    type = "foreign-site"
    zh = "这个请求来自另一个网站，没有执行。"
    en = "This request came from another site and was not carried out."


async def same_site_only(request: Request) -> None:
    """Refuse a browser's unsafe request that another site made; programs send neither header."""
    if request.method in SAFE:
        return
    if header(request, b"sec-fetch-site") not in ("same-origin", "none", ""):
        raise ForeignSite()
    origin = header(request, b"origin")
    own = request.app.state.settings.base_url
    if origin and not is_ours(origin, header(request, b"host"), own):
        raise ForeignSite()


@lru_cache(maxsize=1024)
def is_ours(origin: str, host: str, base_url: str) -> bool:
    """Say whether a page of ours sent this: one of the host that was asked, or of the house's address.

    A proxy may ask us under a name of its own (nginx does unless told otherwise), so the house's
    address counts beside it. X-Forwarded-Host does not: anybody can send it.
    """
    scheme = origin.partition("://")[0].lower()
    asked = place(f"{scheme}://{host}")
    return place(origin) is not None and place(origin) in (asked, place(base_url))


def place(url: str) -> tuple[str, str, int] | None:
    """Return scheme, host and port as browsers compare them, None for what is no address."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        usual = {"http": 80, "https": 443}[parts.scheme]
        port = usual if parts.port is None else parts.port
    except (ValueError, KeyError):
        return None
    return (parts.scheme, host, port) if host else None


def show(request: Request, template: str, *, status: int = 200, **values: Any) -> Response[Any]:
    """Answer a page that is its reader's alone: nobody keeps it. It says once what was done before."""
    cookies = request.cookies if f"{DONE}=" in header(request, b"cookie") else {}
    said = unquote(cookies.get(DONE, ""))[:500]
    body = render(template, language(request), path=request.scope["path"], said=said, **values)
    answer = Response(
        body, status_code=status, media_type=MediaType.HTML, headers={"cache-control": "no-store"}
    )
    if said:
        answer.delete_cookie(DONE)
    return answer


def done(request: Request, path: str, zh: str, en: str) -> Redirect:
    """Lead to a page after a form, and have it say what was done; loaded again it sends and says nothing."""
    lang = language(request)
    cookie = Cookie(
        DONE, value=quote(choose(lang, zh, en)), max_age=DONE_SECONDS, path="/", httponly=True,
        samesite="lax", secure=request.app.state.settings.https,
    )  # fmt: skip
    return Redirect(address(lang, path), status_code=303, cookies=[cookie])


async def money_is_a_number(request: Request, field: str) -> None:
    """Refuse an amount in quotes: the framework would take it for a number."""
    given = (await request.json()).get(field)
    if isinstance(given, dict) and not isinstance(given.get("amount"), int):
        raise BadInput(
            field,
            "金额要写成数字（单位分）。",
            "An amount is a whole number, in the smallest unit.",
        )


def clean_text(value: object, field: str, most: int = 200) -> str:
    """Return one line of what can be seen; refuses controls and more than ``most`` characters."""
    return one_line(str(value or ""), field, most)


def network_of(request: Request) -> str:
    """Return a digest of where the request comes from: its network, /24 or /64, not the person."""
    host = request.client.host if request.client else "unknown"
    return client_of(host)


@lru_cache(maxsize=4096)
def client_of(host: str) -> str:
    return f"network:{digest(network(host))[:16]}"


def network(host: str) -> str:
    try:
        found = ip_address(host)
        address = getattr(found, "ipv4_mapped", None) or found  # IPv4 on a socket for both
        prefix = 24 if address.version == 4 else 64
        return str(ip_network(f"{address}/{prefix}", strict=False))
    except ValueError:
        return host
