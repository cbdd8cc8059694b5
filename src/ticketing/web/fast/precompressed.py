"""Bytes kept with their compressed twin and their headers: made once, not per request."""

import gzip
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from ticketing.web.fast.raw_response import Ready
from ticketing.web.request import Request, header

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

    def answer(self, request: Request, cache_control: str) -> Ready:
        """Answer 304 to who has it, else the bytes in the smallest form the asker takes."""
        if self.tag in header(request, b"if-none-match"):  # one of a list, or made weak
            return self._ready("304", cache_control)
        zipped = self._worth_it and "gzip" in header(request, b"accept-encoding")
        return self._ready("gzip" if zipped else "plain", cache_control)

    def _ready(self, form: str, cache_control: str) -> Ready:
        key = form, cache_control
        if (ready := self._answers.get(key)) is None:
            ready = self._answers[key] = self._made(form, cache_control)
        return ready

    def _made(self, form: str, cache_control: str) -> Ready:
        head = {"etag": self.tag, "cache-control": cache_control, "vary": "accept-encoding"}
        if form == "304":
            return Ready(304, b"", head)
        text = self.media_type.startswith("text/")
        head["content-type"] = f"{self.media_type}; charset=utf-8" if text else self.media_type
        if form == "plain":
            return Ready(200, self.body, head)
        return Ready(200, self.gzipped, head | {"content-encoding": "gzip"})

    @cached_property
    def _answers(self) -> dict[tuple[str, str], Ready]:
        return {}

    @cached_property
    def _worth_it(self) -> bool:
        return len(self.body) >= WORTH_IT and self.media_type.startswith(TEXTS)


def pack(body: bytes, media_type: str) -> Packed:
    """Return the bytes with a tag that is theirs alone."""
    return Packed(body, media_type, f'"{sha256(body).hexdigest()[:20]}"')
