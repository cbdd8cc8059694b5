"""What every door shares: the reader's language, problem details, and the check of where a post
comes from."""

import logging
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from litestar import MediaType, Request, Response
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from typing_extensions import override

from ticketing.foundation.codes import digest
from ticketing.foundation.desk import cause
from ticketing.foundation.errors import BadInput, Forbidden, NotFound, Refused
from ticketing.foundation.pages import render

log = logging.getLogger("ticketing.web")
AnyRequest = Request[Any, Any, Any]
SAFE = {"GET", "HEAD", "OPTIONS"}
PROBLEM = "application/problem+json"


HEADERS = [  # on every answer; addresses hold secrets, so they are told to nobody else
    (b"content-security-policy", b"default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
     b"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; "
     b"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"permissions-policy", b"camera=(self), microphone=(), geolocation=()"),
]  # fmt: skip


class FrontDoor:
    """Serve /en/... as the English of /..., before any route is looked up, and guard each page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and (scope["path"] + "/").startswith("/en/"):
            path = scope["path"][3:] or "/"
            scope = scope | {"path": path, "raw_path": path.encode(), "lang": "en"}  # type: ignore[assignment]

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        await self.app(scope, receive, guarded)


def language(request: AnyRequest) -> str:
    """Return zh or en: the prefix decides; a program may say so by Accept-Language."""
    if request.scope.get("lang") == "en":
        return "en"
    wanted = request.headers.get("accept-language", "") if is_api(request) else ""
    return "en" if wanted.strip().lower().startswith("en") else "zh"


def is_api(request: AnyRequest) -> bool:
    return request.scope["path"].startswith("/api/")


class ForeignSite(Forbidden):
    type = "foreign-site"
    zh = "这个请求来自另一个网站，没有执行。"
    en = "This request came from another site and was not carried out."


async def same_site_only(request: AnyRequest) -> None:
    """Refuse a browser's unsafe request that another site made; programs send neither header."""
    if request.method in SAFE:
        return
    if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        raise ForeignSite()
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        raise ForeignSite()


class WrongAddress(Refused):
    status = 405
    type = "method-not-allowed"
    zh = "这个地址不接受这种请求。"
    en = "This address does not take that kind of request."


class TooLarge(Refused):
    status = 413
    type = "too-large"
    zh = "提交的内容太大。"
    en = "What was sent is too large."


class NotUnderstood(Refused):
    status = 400
    type = "bad-input"
    zh = "看不懂提交的内容{where}。"
    en = "What was sent could not be understood{where}."

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        """``errors``: {"key", "message"} each, as the framework found them."""
        keys = ", ".join(str(each["key"]) for each in errors if each.get("key"))
        super().__init__(errors=errors, where=f" ({keys})" if keys else "")

    @property
    @override
    def shown(self) -> dict[str, Any]:
        return {"errors": self.fields["errors"]}


class Broken(Refused):
    status = 500
    type = "broken"
    zh = "我们这边出错了，已经记下。你的订单和付款不会丢失，请稍后再试。"
    en = "Something broke on our side and was recorded. No order or payment is lost; please try again."


def refusal(error: Exception) -> Refused:
    """Turn whatever went wrong into a refusal."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, HTTPException):
        if error.status_code == 404:
            return NotFound()
        if error.status_code == 405:
            return WrongAddress()
        if error.status_code == 413:
            return TooLarge()
        if error.status_code < 500:
            return NotUnderstood(error.extra if isinstance(error.extra, list) else [])
    if isinstance(error, (UnicodeError, RecursionError)):
        return NotUnderstood([])  # bytes that are no text, or brackets without end
    if type(cause(error)).__name__ == "DataError":
        return NotUnderstood([])  # what the database cannot hold
    return Broken()


def problem(request: AnyRequest, refused: Refused) -> Response[Any]:
    """Answer RFC 9457 to a program."""
    content = {
        "type": f"/problems/{refused.type}",
        "title": refused.type.replace("-", " "),
        "status": refused.status,
        "detail": refused.sentence(language(request)),
        **refused.shown,
    }
    return Response(content, status_code=refused.status, media_type=PROBLEM, headers=after(refused))


def after(refused: Refused) -> dict[str, str]:
    headers = {"cache-control": "no-store"}
    if refused.status in (429, 503):
        headers["retry-after"] = str(refused.retry_after)
    return headers


def answer_error(request: AnyRequest, error: Exception) -> Response[Any]:
    """Answer any error: a problem to a program, a page to a person, one log line without names."""
    refused = refusal(error)
    handler = request.scope.get("route_handler")
    route = ",".join(sorted(getattr(handler, "paths", None) or ["?"]))  # the address holds secrets
    if refused.status >= 500:
        log.error("%s %s %s", refused.type, request.method, route, exc_info=error)
    else:
        log.info("refused %s %s %s %s", refused.status, refused.type, request.method, route)
    if is_api(request) or PROBLEM in request.headers.get("accept", ""):
        return problem(request, refused)
    lang = language(request)
    body = render(
        "shared/refused.html", lang, path=request.scope["path"],
        sentence=refused.sentence(lang), status=refused.status,
    )  # fmt: skip
    return Response(
        body, status_code=refused.status, media_type=MediaType.HTML, headers=after(refused)
    )


def show(request: AnyRequest, template: str, *, status: int = 200, **values: Any) -> Response[Any]:
    """Answer a page that is its reader's alone: nobody keeps it."""
    body = render(template, language(request), path=request.scope["path"], **values)
    headers = {"cache-control": "no-store"}
    return Response(body, status_code=status, media_type=MediaType.HTML, headers=headers)


def clean_text(value: object, field: str, most: int = 200) -> str:
    """Return text without spaces around it; refuses control characters and more than ``most``."""
    text = str(value or "").strip()
    if len(text) > most:
        raise BadInput(
            field,
            f"“{field}”太长了，最多 {most} 个字。",
            f"“{field}” is too long: at most {most} characters.",
        )
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
        raise BadInput(
            field, f"“{field}”里有看不见的控制字符。", f"“{field}” contains control characters."
        )
    return text


def client(request: AnyRequest) -> str:
    """Return a digest of where the request comes from: its network, /24 or /64, not the person."""
    host = request.client.host if request.client else "unknown"
    return f"network:{digest(network(host))[:16]}"


def network(host: str) -> str:
    try:
        found = ip_address(host)
        address = getattr(found, "ipv4_mapped", None) or found  # IPv4 on a socket for both
        prefix = 24 if address.version == 4 else 64
        return str(ip_network(f"{address}/{prefix}", strict=False))
    except ValueError:
        return host
