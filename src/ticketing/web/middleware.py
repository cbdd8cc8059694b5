"""What every request passes first: the language in its address, the headers on its answer."""

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = [  # on every answer; addresses hold secrets, so they are told to nobody else
    (b"content-security-policy", b"default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
     b"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; "
     b"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"permissions-policy", b"camera=(self), microphone=(), geolocation=()"),
]  # fmt: skip
NO_INDEX = (b"x-robots-tag", b"noindex")
PERSONAL = (  # what is somebody's own, or the staff's: no search engine lists it
    "/api/", "/checkout", "/door", "/first-run", "/office", "/orders", "/payments", "/sign-in",
    "/tickets",
)  # fmt: skip


PREFIXES = ("/en/", "/zh/")


class FrontDoor:
    """Serve /en/... as the English of /..., and /zh/... as its Chinese, before any route is looked up, and
    guard each page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and (scope["path"] + "/").startswith(PREFIXES):
            lang, path = scope["path"][1:3], scope["path"][3:] or "/"
            scope = scope | {"path": path, "raw_path": path.encode(), "lang": lang}  # type: ignore[assignment]

        headers = [*HEADERS, NO_INDEX] if scope.get("path", "").startswith(PERSONAL) else HEADERS

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        await self.app(scope, receive, guarded)
