"""What a gate is told: the verdict, with what it takes to say what, when and where."""

import json
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from ticketing.admission.models import CAME_IN, Scan, Verdict
from ticketing.admission.present import Shown
from ticketing.admission.stand import Stand, inside
from ticketing.foundation.db import Statement, Tx
from ticketing.foundation.words import Words
from ticketing.programme.models import Performance, Production
from ticketing.venues.models import Gate, Hall, Venue
from ticketing.venues.plan import Seat, Section
from ticketing.venues.queries import plan

ENTRY = Statement(
    sa.select(Scan.at, sa.cast(Gate.label, sa.Text))
    .join(Gate, Gate.name == Scan.gate)
    .where(Scan.ticket_id == sa.bindparam("ticket_id"), CAME_IN)
)
SHOWING = Statement(
    sa.select(sa.cast(Production.title, sa.Text), Performance.starts_at, Venue.zone)
    .join(Performance, Performance.production_id == Production.id)
    .join(Hall, Hall.id == Performance.hall_id)
    .join(Venue, Venue.id == Hall.venue_id)
    .where(Performance.id == sa.bindparam("performance_id"))
)


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


@dataclass(frozen=True, slots=True)
class Answer:
    """``entered`` is when this ticket came in; ``meant`` the performance it is for, if another."""

    verdict: Verdict
    here: Stand
    inside: int
    ticket: Shown | None = None
    place: Place | None = None
    admitted_at: int | None = None
    entered: Entered | None = None
    meant: Showing | None = None
    this: Showing | None = None


def answer(tx: Tx, here: Stand, verdict: Verdict, ticket: Shown | None, at: int) -> Answer:
    count = inside(tx, here.performance_id)
    if ticket is None:
        return Answer(verdict, here, count)
    place = place_of(tx, ticket)
    if verdict is Verdict.ALREADY_ADMITTED:
        entered = entry(tx, ticket.id)
        return Answer(verdict, here, count, ticket, place, entered.at, entered)
    if verdict is Verdict.WRONG_PERFORMANCE:
        meant, this = showing(tx, ticket.performance_id), showing(tx, here.performance_id)
        return Answer(verdict, here, count, ticket, place, meant=meant, this=this)
    admitted_at = at if verdict is Verdict.ADMITTED else None
    return Answer(verdict, here, count, ticket, place, admitted_at)


def place_of(tx: Tx, ticket: Shown) -> Place:
    room = plan(tx, ticket.plan_id)
    seat = room.by_id[ticket.seat_id]
    return Place(seat, room.section(seat.section))


def entry(tx: Tx, ticket_id: str) -> Entered:
    row = tx.first(ENTRY, ticket_id=ticket_id)
    assert row
    return Entered(row[0], json.loads(row[1]))


def showing(tx: Tx, performance_id: str) -> Showing:
    row = tx.first(SHOWING, performance_id=performance_id)
    assert row
    return Showing(json.loads(row[0]), *row[1:])
