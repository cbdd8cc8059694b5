"""Who asks, as far as a limit needs to know: a browser that we gave a random name, and its network.

The name says nothing of the person. It is signed, so that nobody makes one up, and it is given where a
hold is placed and nowhere else: pages that all may share stay without a cookie.
"""

from functools import cache
from hashlib import blake2b
from hmac import compare_digest
from typing import NamedTuple

from ticketing.foundation.codes import new_secret
from ticketing.web.network import network_of
from ticketing.web.request import Request

COOKIE = "client"
SECONDS = 24 * 3600
RANDOM = 20  # signs of a key that nobody else comes upon: a UUID has 36


class Client(NamedTuple):
    name: str
    network: str


def client_of(request: Request, idempotency_key: str | None = None) -> Client:
    """Return who asks. A new client that sends a key has the same name when it sends that again:
    the first answer, and the cookie in it, may have been lost, and the phone have left that network.
    A short key means its own network's client alone, or two strangers were one.
    """
    network = network_of(request)
    name, _, signature = request.cookies.get(COOKIE, "").partition(".")
    if not name or not compare_digest(signature.encode(), signature_of(request, name).encode()):
        key = idempotency_key or ""
        sent = key if len(key) >= RANDOM else f"{network} {key}"
        name = keyed(request, "client name", sent) if key else new_secret()
    return Client(f"client:{name}", network)


def client_cookie(request: Request, client: Client) -> str:
    """Return the value of a Set-Cookie header; by hand, for the library's own way costs three holds."""
    name = client.name.removeprefix("client:")
    secure = "; Secure" if request.settings.https else ""
    value = f"{name}.{signature_of(request, name)}"
    return f"{COOKIE}={value}; Max-Age={SECONDS}; Path=/; HttpOnly; SameSite=lax{secure}"


def signature_of(request: Request, name: str) -> str:
    return keyed(request, "client cookie", name)


def keyed(request: Request, purpose: str, text: str) -> str:
    """Return a digest that only we can make, by a key of its own for each purpose."""
    key = key_for(request.settings.secret_key, purpose)
    return blake2b(text.encode("utf-8", "surrogatepass"), key=key, digest_size=32).hexdigest()


@cache
def key_for(secret: str, purpose: str) -> bytes:
    return blake2b(purpose.encode(), key=blake2b(secret.encode()).digest()).digest()
