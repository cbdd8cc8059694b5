"""What a gate is told: the verdict, with what it takes to say what, when and where."""

import json
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from ticketing.admission.gate_context import GateContext
from ticketing.admission.history import History
from ticketing.admission.models import Verdict
from ticketing.admission.resolve import TicketFacts
from ticketing.admission.verdict import Decision
from ticketing.desk.db import Statement, Tx
from ticketing.foundation.words import Words
from ticketing.programme.models import Performance, Production
from ticketing.seating.plan import Seat, Section
from ticketing.seating.queries import gates_for, plan
from ticketing.venues.models import Hall, Venue
from ticketing.venues.queries import gate

SHOWING = Statement(
    sa.select(sa.cast(Production.title, sa.Text), Performance.starts_at, Venue.zone)
    .join(Performance, Performance.production_id == Production.id)
    .join(Hall, Hall.id == Performance.hall_id)
    .join(Venue, Venue.id == Hall.venue_id)
    .where(Performance.id == sa.bindparam("performance_id"))
)
INSIDE_NOW = (Verdict.ADMITTED, Verdict.ALREADY_ADMITTED)


class Entered(NamedTuple):
    at: int
    gate: Words


class Showing(NamedTuple):
    title: Words
    starts_at: int
    zone: str


class Place(NamedTuple):
    seat: Seat
    section: Section


class Fellow(NamedTuple):
    """Another ticket of the same order."""

    short: str
    place: Place


@dataclass(frozen=True, slots=True)
class Answer:
    """``entered`` is when this ticket came in; ``meant`` the performance it is for, if another.

    ``party``: the tickets of the same order that nobody came in on yet; ``right_gates``: where a ticket goes
    in that is at the wrong one.
    """

    decision: Decision
    here: GateContext
    inside: int
    ticket: TicketFacts | None = None
    place: Place | None = None
    admitted_at: int | None = None
    entered: Entered | None = None
    meant: Showing | None = None
    this: Showing | None = None
    party: tuple[Fellow, ...] = ()
    right_gates: tuple[Words, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return self.decision.verdict


def answer(
    tx: Tx, here: GateContext, decision: Decision, ticket: TicketFacts | None, before: History,
    *, at: int, inside: int,
) -> Answer:  # fmt: skip
    """``before``: what was known of the ticket's scans; ``inside``: people, after this one."""
    if ticket is None:
        return Answer(decision, here, inside)
    place = place_of(tx, ticket.plan_id, ticket.seat_id)
    verdict = decision.verdict
    if verdict is Verdict.WRONG_PERFORMANCE:
        meant, this = showing(tx, ticket.performance_id), showing(tx, here.performance_id)
        return Answer(decision, here, inside, ticket, place, meant=meant, this=this)
    admitted_at, entered = at if verdict is Verdict.ADMITTED else None, None
    if verdict is Verdict.ALREADY_ADMITTED and (first := before.past.entered):
        admitted_at, entered = first.at, Entered(first.at, before.labels[first.gate])
    fellows = before.party if verdict in INSIDE_NOW else ()
    gates = right_gates(tx, place.section.key, here) if verdict is Verdict.WRONG_GATE else ()
    return Answer(
        decision, here, inside, ticket, place, admitted_at, entered,
        party=tuple(Fellow(short, place_of(tx, ticket.plan_id, seat)) for short, seat in fellows),
        right_gates=gates,
    )  # fmt: skip


def right_gates(tx: Tx, section: str, here: GateContext) -> tuple[Words, ...]:
    """Return what stands over the gates of this hall that lead to the section."""
    known = gates_for(tx, gate(tx, here.gate).hall_id, plan(tx, here.plan_id))
    return tuple(each.label for each in known if not each.sections or section in each.sections)


def place_of(tx: Tx, plan_id: str, seat_id: str) -> Place:
    room = plan(tx, plan_id)
    seat = room.by_id[seat_id]
    return Place(seat, room.section(seat.section))


def showing(tx: Tx, performance_id: str) -> Showing:
    row = tx.first(SHOWING, performance_id=performance_id)
    assert row
    return Showing(json.loads(row[0]), *row[1:])
