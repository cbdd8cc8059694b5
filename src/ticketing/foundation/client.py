"""Who asks, as far as a limit needs to know: a browser that we gave a random name, and its network.

The name says nothing of the person. It is signed, so that nobody makes one up, and it is given where a
hold is placed and nowhere else: pages that all may share stay without a cookie.
"""

from hmac import compare_digest
from hmac import digest as sign
from typing import NamedTuple

from litestar.datastructures import Cookie

from ticketing.foundation.codes import new_secret
from ticketing.foundation.web import AnyRequest, network_of

COOKIE = "client"
SECONDS = 24 * 3600


class Client(NamedTuple):
    """``name`` is kept if the browser keeps it; ``known``: it has sent it."""

    name: str
    network: str
    known: bool

    @property
    def actor(self) -> str:
        """Whose idempotency key it is: a first request that is repeated had no name yet."""
        return self.name if self.known else self.network


def client_of(request: AnyRequest) -> Client:
    name, _, signature = request.cookies.get(COOKIE, "").partition(".")
    known = compare_digest(signature.encode(), signature_of(request, name).encode())
    return Client(f"client:{name if known else new_secret()}", network_of(request), known)


def client_cookie(request: AnyRequest, client: Client) -> Cookie:
    name = client.name.removeprefix("client:")
    return Cookie(
        key=COOKIE, value=f"{name}.{signature_of(request, name)}", max_age=SECONDS, path="/",
        httponly=True, samesite="lax", secure=request.app.state.settings.https,
    )  # fmt: skip


def signature_of(request: AnyRequest, name: str) -> str:
    secret = request.app.state.settings.secret_key
    key = sign(secret.encode(), b"client cookie", "sha256")
    return sign(key, name.encode("utf-8", "surrogatepass"), "sha256").hex()
