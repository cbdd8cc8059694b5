"""No other site sends a form of ours: a browser says where it comes from, a program says nothing."""

from functools import lru_cache
from urllib.parse import urlsplit

from ticketing.foundation.errors import Forbidden
from ticketing.web.request import Request, header

SAFE = {"GET", "HEAD", "OPTIONS"}


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
