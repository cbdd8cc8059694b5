"""One of thousands: looks, wants seats, loses them, tries again, pays, or goes home."""

import asyncio
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlsplit

from load import Answer, Connection, Request, connect, get, own_address, post, post_form
from rush.sale import Sale

JSON = dict[str, Any]
TRIES = 8
PARTIES = (1, 2, 2, 2, 3, 4)
BY_HAND = 0.4  # share of the buyers who pick their seats on the map
LATER = 1.0  # seconds: as long as one waits when told to come again


@dataclass
class Buyer:
    sale: Sale
    connection: Connection
    number: int
    party: int
    by_hand: bool
    rng: Random

    async def buy(self) -> None:
        await self.ask("page", get(f"/performances/{self.sale.slug}/seats", accept_encoding="gzip"))
        await self.ask("plan", get(f"{self.here}/plan", accept_encoding="gzip"))
        for _ in range(TRIES):
            now = (await self.ask("availability", get(f"{self.here}/availability"))).json()
            if now["available"] == 0:
                return
            if held := await self.hold({*now["sold"], *now["held"]}):
                await self.book(held)
                return

    async def hold(self, gone: set[str]) -> JSON | None:
        """Return the hold, of what was wanted or of what was offered in its place."""
        answer = await self.want(self.wish(gone))
        if answer.status >= 400:
            refused = answer.json()
            self.reconsider(refused["type"])
            if offer := refused.get("offer") or refused.get("suggestion"):
                answer = await self.want({"seats": offer})
        return dict(answer.json()) if answer.status == 201 else None

    async def want(self, wish: JSON) -> Answer:
        return await self.ask("hold", post(f"{self.here}/holds", wish))

    def wish(self, gone: set[str]) -> JSON:
        if self.by_hand and (seats := self.sale.pick(gone, self.party, self.rng)):
            return {"seats": seats}
        return {"best": {"quantity": self.party}}

    def reconsider(self, problem: str) -> None:
        """Who finds no seats together comes with fewer, and at last takes any single one."""
        if problem.endswith("house-full"):
            self.by_hand = self.party == 1
            self.party = max(self.party - 1, 1)

    async def book(self, held: JSON) -> None:
        order = (await self.ask("order", self.order(held))).json()
        if "payment" in order:
            pay = urlsplit(order["payment"]["url"]).path
            await self.ask("pay", post_form(pay, "outcome=pay"))
            shown = (await self.ask("tickets", get(f"/api/orders/{order['secret']}"))).json()
            self.sale.sell(order["secret"], [ticket["seat"]["id"] for ticket in shown["tickets"]])

    def order(self, held: JSON) -> Request:
        body = {
            "hold": held["token"], "buyer": {"email": f"buyer-{self.number}@example.com"},
            "lines": [{"seat": s, "ticket_type": self.sale.ticket_type} for s in held["seats"]],
            "gateway": "play",
        }  # fmt: skip
        return post("/api/orders", body, idempotency_key=held["token"])

    async def ask(self, step: str, request: Request) -> Answer:
        """Ask, and ask once more when told to come later."""
        answer = await self.sale.record.ask(step, self.connection, request)
        if answer.status == 503 and answer.header("retry-after"):
            await asyncio.sleep(LATER)
            answer = await self.sale.record.ask(step, self.connection, request)
        return answer

    @property
    def here(self) -> str:
        return f"/api/performances/{self.sale.id}"


async def come(sale: Sale, number: int, within: float) -> None:
    """Come at some moment, from a network of one's own, with a session of one's own."""
    rng = Random(number)
    party = rng.choice(PARTIES)
    by_hand = party % 2 == 0 and rng.random() < BY_HAND
    await asyncio.sleep(rng.uniform(0, within))
    try:
        connection = await connect(sale.url, own_address(number))
    except OSError:
        sale.record.answers["connect", "no answer"] += 1
        return
    try:
        await Buyer(sale, connection, number, party, by_hand, rng).buy()
    except OSError:
        pass  # it stands in the record
    finally:
        connection.close()
