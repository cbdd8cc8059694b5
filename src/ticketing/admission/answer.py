"""What a gate is told: the verdict, with what it takes to say what, when and where."""

from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from ticketing.admission.models import Scan, Verdict
from ticketing.admission.present import Shown
from ticketing.admission.stand import Stand, inside
from ticketing.foundation.db import Tx
from ticketing.foundation.words import Words
from ticketing.programme.models import Performance, Production
from ticketing.venues.models import Gate, Hall, Venue
from ticketing.venues.plan import Seat, Section
from ticketing.venues.queries import plan


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
    query = sa.select(Scan.at, Gate.label).join(Gate, Gate.name == Scan.gate)
    came_in = sa.and_(Scan.ticket_id == ticket_id, Scan.verdict == Verdict.ADMITTED)
    return Entered._make(tx.execute(query.where(came_in)).one())


def showing(tx: Tx, performance_id: str) -> Showing:
    query = (
        sa.select(Production.title, Performance.starts_at, Venue.zone)
        .join(Performance, Performance.production_id == Production.id)
        .join(Hall, Hall.id == Performance.hall_id)
        .join(Venue, Venue.id == Hall.venue_id)
    )
    return Showing._make(tx.execute(query.where(Performance.id == performance_id)).one())
