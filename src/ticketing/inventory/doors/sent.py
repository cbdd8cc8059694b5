"""What a program sent to a hold's door under an Idempotency-Key, and who sent it."""

from typing import Any

import msgspec

from ticketing.desk.idempotency import Key, fingerprint
from ticketing.web.client import Client
from ticketing.web.request import Request


def key_of(request: Request, client: Client, key: str | None, body: Any = None) -> Key | None:
    if not key:
        return None
    sent = (request.method, request.scope["path"], msgspec.to_builtins(body))
    return Key(client.name, key, fingerprint(*sent))
