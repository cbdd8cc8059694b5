"""Bytes kept with their compressed twin: compressed once, not per request."""

import gzip
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from litestar import Response

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

    def answer(self, request: AnyRequest, cache_control: str) -> Response[bytes]:
        """Answer 304 to who has it, else the bytes in the smallest form the asker takes."""
        headers = {"etag": self.tag, "cache-control": cache_control, "vary": "accept-encoding"}
        if self.tag in request.headers.get("if-none-match", ""):  # one of a list, or made weak
            return Response(b"", status_code=304, headers=headers, media_type=self.media_type)
        small = len(self.body) < WORTH_IT or not self.media_type.startswith(TEXTS)
        if small or "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(self.body, headers=headers, media_type=self.media_type)
        headers["content-encoding"] = "gzip"
        return Response(self.gzipped, headers=headers, media_type=self.media_type)


def pack(body: bytes, media_type: str) -> Packed:
    """Return the bytes with a tag that is theirs alone."""
    return Packed(body, media_type, f'"{sha256(body).hexdigest()[:20]}"')
