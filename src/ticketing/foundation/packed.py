"""Bytes kept with their compressed twin: compressed once, not per request."""

import gzip
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from litestar.types import ASGIApp, Receive, Scope, Send

from ticketing.foundation.web import AnyRequest

WORTH_IT = 1_000  # bytes; smaller ones and pictures gain nothing
TEXTS = ("text/", "image/svg", "application/json", "application/wasm")


@dataclass(frozen=True)
class Packed:
    body: bytes
    media_type: str
    tag: str  # an ETag

    @cached_property
    def gzipped(self) -> bytes:
        return gzip.compress(self.body, 6, mtime=0)

    def answer(self, request: AnyRequest, cache_control: str) -> ASGIApp:
        """Answer 304 to who has it, else the bytes in the smallest form the asker takes."""
        headers = {"etag": self.tag, "cache-control": cache_control, "vary": "accept-encoding"}
        if self.tag in request.headers.get("if-none-match", ""):  # one of a list, or made weak
            return sent(304, headers, b"")
        headers["content-type"] = self.content_type
        small = len(self.body) < WORTH_IT or not self.media_type.startswith(TEXTS)
        if small or "gzip" not in request.headers.get("accept-encoding", ""):
            return sent(200, headers, self.body)
        headers["content-encoding"] = "gzip"
        return sent(200, headers, self.gzipped)

    @property
    def content_type(self) -> str:
        text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if text else self.media_type


def sent(status: int, headers: dict[str, str], body: bytes) -> ASGIApp:
    """Answer these bytes; the framework's Response would cost more than all the rest of it."""
    if status != 304:
        headers["content-length"] = str(len(body))
    named = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def answer(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": named})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    return answer


def pack(body: bytes, media_type: str) -> Packed:
    """Return the bytes with a tag that is theirs alone."""
    return Packed(body, media_type, f'"{sha256(body).hexdigest()[:20]}"')
