"""The whole app on one clock with every state of a night in it, and its addresses, filled with what each has."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from math import inf
from typing import Any

import sqlalchemy as sa
from litestar import Litestar
from litestar.datastructures import State
from litestar.testing import TestClient

from nights import GATES, Night, all_nights
from office import hashed, sign_in
from stage import stage
from stripe_stand_in.hand import KEY, SECRET
from ticketing.accounts.doors.guards import ask_to_sign_in
from ticketing.accounts.models import Role
from ticketing.accounts.staff import add_staff
from ticketing.admission.devices.device import make_pairing
from ticketing.app import DOORS, MATTERS, describe, hang
from ticketing.config import Settings
from ticketing.desk.desk import open_desk
from ticketing.desk.metrics import Metrics
from ticketing.foundation.clock import SetClock, SystemClock, iso
from ticketing.foundation.errors import SignInNeeded
from ticketing.foyer.doors.live_api import open_board
from ticketing.ledger.drawer import open_drawer
from ticketing.payments.gateways.play import PLAY
from ticketing.payments.gateways.stripe import STRIPE
from ticketing.payments.stripe_gateway import StripeGateway
from ticketing.web.guards import routes
from ticketing.web.middleware import FrontDoor
from ticketing.web.refusals import answer_error, refusal
from ticketing.web.request import Request

ENDLESS = "/availability/stream"  # it ends when its reader leaves
ASKED = """
    SELECT 'order' AS what, MIN(secret) AS it, status AS kind FROM orders WHERE performance_id = :p GROUP BY status
    UNION ALL SELECT 'number', MIN(number), status FROM orders WHERE performance_id = :p GROUP BY status
    UNION ALL SELECT 'order_id', MIN(o.id), '' FROM orders o JOIN invoice_request r ON r.order_id = o.id
      WHERE performance_id = :p HAVING COUNT(*) > 0
    UNION ALL SELECT 'ticket', MIN(secret), COALESCE(void_reason, '') FROM ticket WHERE performance_id = :p
      GROUP BY void_reason
    UNION ALL SELECT 'short', short, '' FROM ticket WHERE performance_id = :p AND voided_at IS NULL
    UNION ALL SELECT y.gateway || ' payment', MIN(y.id), y.status FROM payment y
      JOIN orders o ON o.id = y.order_id WHERE performance_id = :p GROUP BY y.gateway, y.status
    UNION ALL SELECT 'refund', MIN(r.id), r.status FROM refund r JOIN orders o ON o.id = r.order_id
      WHERE performance_id = :p GROUP BY r.status
    UNION ALL SELECT 'allocation', id, '' FROM allocation WHERE performance_id = :p
    UNION ALL SELECT 'seat', MIN(s.id), '' FROM seat s JOIN performance p ON p.plan_id = s.plan_id
      WHERE p.id = :p
"""  # fmt: skip
EVERYWHERE = """
    SELECT 'letter' AS what, MIN(id) AS it FROM letter GROUP BY template
    UNION ALL SELECT 'drawer', MIN(id) FROM drawer UNION ALL SELECT 'device', MIN(id) FROM device
    UNION ALL SELECT 'code', MIN(code) FROM promotion
"""


@dataclass
class House:
    """``broken``: what went wrong on our side since somebody looked; the client is an admin's."""

    nights: dict[str, Night]
    client: TestClient[Any]
    app: Litestar
    broken: list[str]
    common: dict[str, list[str]]

    @property
    def now(self) -> str:
        """Return what the clock of the house says, as programs write it."""
        return iso(next(iter(self.nights.values())).clock.at, "UTC")

    def addresses(self, method: str, night: Night) -> Iterator[tuple[str, str, bool]]:
        """Yield (address, route, whether all that stands in it is this night's own)."""
        own = self.own(night)
        for found, route, _ in routes(self.app):
            if found == method and not route.endswith(ENDLESS):
                for path, whole in filled(route, own):
                    yield path, route, whole

    def own(self, night: Night) -> dict[str, list[str]]:
        own = self.common | {
            "slug": [night.row.slug], "performance_id": [night.row.id], "plan_id": [night.row.plan_id],
            "gate": [GATES[night.hall]], "token": night.tokens,
        }  # fmt: skip
        for row in night.stage.ask(sa.text(ASKED).bindparams(p=night.row.id)):
            own.setdefault(row.what, []).append(row.it)
        return own


def filled(route: str, own: dict[str, list[str]]) -> Iterator[tuple[str, bool]]:
    """Yield the route's addresses with what the night has, one for each; a nonsense where it has none."""
    names = re.findall(r"{(\w+):\w+}", route)
    kinds = [kind_of(route, name) for name in names]
    ways = [own.get(kind) or [] for kind in kinds]
    whole = all(ways)
    for n in range(max(map(len, ways), default=1) or 1):
        path = route
        for name, way in zip(names, ways, strict=True):
            path = re.sub(rf"{{{name}:\w+}}", way[n % len(way)] if way else "nope", path)
        yield path, whole


def kind_of(route: str, name: str) -> str:
    """Say what a name in an address stands for: a secret is an order's or a ticket's."""
    if name == "secret":
        return "ticket" if "/tickets/" in route else "order"
    if name == "payment_id":
        return f"{PLAY.key if PLAY.key in route else STRIPE.key} payment"
    return name.removesuffix("_id") if name in ("refund_id", "letter_id", "seat_id") else name


@asynccontextmanager
async def at_rest(app: Litestar) -> AsyncIterator[None]:
    """A caretaker who makes no rounds: what stands, stands still."""
    app.state.caretaker = asyncio.create_task(asyncio.sleep(3600))
    app.state.metrics.round_ended = inf  # none is missed
    yield
    app.state.caretaker.cancel()


@contextmanager
def open_house(url: str) -> Iterator[House]:
    """Open the app on a seeded database, with every state of a night in it; Stripe never answers."""
    logging.getLogger("httpx").setLevel(logging.WARNING)  # thousands of requests
    clock = SetClock(SystemClock().now())
    desk = open_desk(url, clock)
    world = stage(desk)
    staff = desk.write_now(add_staff, "mei@nanhu.test", "Mei", Role.ADMIN, hashed(), by="test")
    nights = all_nights(world, clock, staff)
    desk.write_now(open_drawer, "1", 10000, "CNY", by=staff)
    desk.write_now(make_pairing, "phone", Role.USHER, [], [], by=staff)
    common: dict[str, list[str]] = {"gateway": [STRIPE.key], "name": [STRIPE.key]}
    for row in world.ask(sa.text(EVERYWHERE)):
        common.setdefault(row.what, []).append(row.it)
    broken: list[str] = []
    stripe = StripeGateway(KEY, SECRET, "http://127.0.0.1:1", patience=0.05)
    state = {
        "matters": MATTERS,
        "desk": desk, "keyring": world.keys, "clock": clock, "providers": {STRIPE.key: stripe},
        "settings": Settings(url, demo=True, base_url="http://testserver"), "metrics": Metrics(),
        "demo_sign_ins": (),
    }  # fmt: skip
    app = built(state, broken)
    with TestClient(FrontDoor(app)) as client:
        client.follow_redirects = False
        sign_in(desk, client, Role.ADMIN)
        yield House(nights, client, app, broken, common)
    desk.close()


def built(state: dict[str, Any], broken: list[str]) -> Litestar:
    def answer(request: Request, error: Exception) -> Any:
        if refusal(error).status == 500:
            broken.append(f"{type(error).__name__}: {error}"[:300])
        return answer_error(request, error)

    return hang(
        DOORS, state=State(state), lifespan=[open_board, at_rest],
        exception_handlers={Exception: answer, SignInNeeded: ask_to_sign_in},
        openapi_config=describe(),
    )  # fmt: skip
