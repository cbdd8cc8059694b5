"""Guards taken away, one at a time: the ladder must find each within some seeds."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from simulation import acts
from simulation.holds import Lost
from simulation.process import Process
from simulation.till_faults import TILL_FAULTS
from ticketing.admission import admit
from ticketing.admission.history import NO_HISTORY
from ticketing.checkout import confirm, fulfil
from ticketing.desk.db import Statement, Tx
from ticketing.inventory import claim
from ticketing.inventory.models import PerformanceSeat
from ticketing.inventory.performance_seats import PerformanceSeats
from ticketing.orders import lifecycle as life
from ticketing.orders.models import Order
from ticketing.payments import payment as attempt
from ticketing.payments.models import Payment, ProviderEvent
from ticketing.processing import apply_event as settle
from ticketing.returns import return_tickets
from ticketing.returns.quote import ReturnQuote, return_quote

Fault = Callable[[], AbstractContextManager[Any]]
WRITE = Process.write_now
INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def broken_claim(dialect: str, count: int) -> Statement:
    """The claim without its condition: whoever comes last has the seat."""
    rows: list[dict[str, Any]] = [
        {
            "performance_id": sa.bindparam("performance_id"), "plan_id": sa.bindparam("plan_id"),
            "seat_id": sa.bindparam(f"seat_{n}"), "hold_id": sa.bindparam(f"hold_{n}"),
            "held_until": sa.bindparam(f"until_{n}"), "changed_at": sa.bindparam("now"),
        }
        for n in range(count)
    ]  # fmt: skip
    insert = INSERT[dialect](PerformanceSeat).values(rows)
    new = insert.excluded
    return Statement(
        insert.on_conflict_do_update(
            index_elements=["performance_id", "seat_id"],
            set_={"hold_id": new.hold_id, "held_until": new.held_until},
        ).returning(PerformanceSeat.seat_id)
    )


@contextmanager
def takes_what_others_have() -> Iterator[None]:
    """Neither is looked at what is taken, nor has the claim its condition."""
    with (
        patch.object(claim, "statement", broken_claim),
        patch.object(PerformanceSeats, "taken_of", lambda *_: set()),
    ):
        yield


def whatever(model: type[Order | Payment], name: str, **values: Any) -> Statement:
    """A move to another state that does not look from which."""
    stamps: dict[str, Any] = {
        key: sa.bindparam("now") for key, value in values.items() if value is None
    }
    found = sa.update(model).where(model.id == sa.bindparam(name))
    return Statement(found.values(values | stamps))


@contextmanager
def no_inbox() -> Iterator[None]:
    """Every event is acted upon, and every success is the first."""
    succeed = whatever(Payment, "payment", status="succeeded", settled_at=None)
    with (
        patch.object(settle, "take", event_again),
        patch.object(attempt, "SUCCEED", succeed),
    ):
        yield


@contextmanager
def sells_what_it_can() -> Iterator[None]:
    """Seats are not taken again before they are sold, and nobody counts how many were."""

    def sell(tx: Any, performance: str, hold: str, order: str, count: int, *, now: int) -> None:
        claim.sell(tx, performance, hold, order, now=now)

    with patch.object(fulfil, "claim", lambda *_, **__: None), patch.object(fulfil, "sell", sell):
        yield


@contextmanager
def keeps_late_money() -> Iterator[None]:
    with patch.object(confirm, "_return_money", lambda *_: None):
        yield


def event_again(tx: Tx, gateway: str, event_id: str, *, now: int) -> sa.Row[Any]:
    event = ProviderEvent.__table__
    return tx.execute(sa.select(event).where(event.c.event_id == event_id)).one()


def whatever_was_returned(*args: Any) -> ReturnQuote:
    """Say that every ticket can be returned."""
    quote = return_quote(*args)
    return replace(quote, parts=[replace(part, why=None) for part in quote.parts])


async def nothing(*_: object) -> None:
    """Stand in for a round that is not made."""


def hasty(self: Process, act: Callable[..., Any], *args: Any, **named: Any) -> Any:
    """Answer as soon as the act has run, whatever becomes of its commit."""
    try:
        return WRITE(self, act, *args, **named)
    except Lost as lost:
        if lost.done:
            return lost.answer
        raise


FAULTS: dict[str, Fault] = {
    "the claim has no condition": takes_what_others_have,
    "money is heard as often as it is told": no_inbox,
    "an order lapses whatever was paid": lambda: patch.object(
        life, "LAPSE", whatever(Order, "order", status="lapsed", lapsed_at=None)
    ),
    "an order is cancelled as often as somebody asks": lambda: patch.object(
        return_tickets, "return_quote", whatever_was_returned
    ),
    "fewer seats are sold than were paid": sells_what_it_can,
    "late money is kept": keeps_late_money,
    "the caretaker forgets what was heard": lambda: patch.object(acts, "act_on_events", nothing),
    "yes is said before the database said yes": lambda: patch.object(Process, "write_now", hasty),
    "the door does not look who came in": lambda: patch.object(
        admit, "history", lambda _tx, _ticket: NO_HISTORY
    ),
    **TILL_FAULTS,
}
