"""A buyer, an usher and an organiser that speak the public contract over HTTP."""

import uuid
from typing import Any

import httpx

JSON = dict[str, Any]


class Client:
    """One keep-alive connection; answers are decoded, an unexpected status raises."""

    def __init__(self, url: str, token: str = "") -> None:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        self.http = httpx.Client(base_url=url, headers=headers, timeout=30, trust_env=False)

    def __del__(self) -> None:
        self.http.close()

    def get(self, path: str, expect: int = 200, **headers: str) -> Any:
        return self._answer(self.http.get(path, headers=headers), expect)

    def post(self, path: str, body: JSON, expect: int = 201, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._answer(self.http.post(path, json=body, headers=named), expect)

    def _answer(self, response: httpx.Response, expect: int) -> Any:
        if response.status_code != expect:
            raise Unexpected(response)
        return response.json() if response.content else None


class Unexpected(AssertionError):
    def __init__(self, response: httpx.Response) -> None:
        request = response.request
        super().__init__(
            f"{request.method} {request.url.path}: {response.status_code} {response.text[:300]}"
        )
        self.status = response.status_code


class Buyer(Client):
    def performance(self, slug: str) -> JSON:
        """Return the first performance whose slug begins so."""
        found = [each for each in self.get("/api/performances") if each["slug"].startswith(slug)]
        return dict(found[0])

    def plan(self, performance: str) -> JSON:
        return dict(self.get(f"/api/performances/{performance}/plan"))

    def hold(self, performance: str, seats: list[str]) -> JSON:
        return dict(self.post(f"/api/performances/{performance}/holds", {"seats": seats}))

    def best(self, performance: str, quantity: int, **more: Any) -> JSON:
        wish = {"best": {"quantity": quantity, **more}}
        return dict(self.post(f"/api/performances/{performance}/holds", wish))

    def order(self, held: JSON, ticket_type: str, gateway: str, key: str = "", **more: Any) -> JSON:
        body = {
            "hold": held["token"], "buyer": {"email": f"{held['token']}@example.com"}, "gateway": gateway,
            "lines": [{"seat": seat, "ticket_type": ticket_type} for seat in held["seats"]],
        }  # fmt: skip
        return dict(self.post("/api/orders", body | more, Idempotency_Key=key or str(uuid.uuid4())))

    def pay(self, order: JSON, outcome: str = "pay") -> int:
        """Post what the play gateway's page posts."""
        answer = self.http.post(order["payment"]["url"], data={"outcome": outcome})
        return answer.status_code

    def tickets(self, order: JSON) -> list[JSON]:
        """Return each ticket with its code."""
        shown = self.get(f"/api/orders/{order['secret']}")
        return [dict(self.get(f"/api/tickets/{each['secret']}")) for each in shown["tickets"]]


class Usher(Client):
    def scan(self, gate: str, performance: str, code: str, nonce: str = "") -> JSON:
        body = {
            "code": code,
            "nonce": nonce or str(uuid.uuid4()),
            "performance": performance,
            "direction": "in",
        }
        return dict(self.post(f"/api/gates/{gate}/scans", body, 200))
