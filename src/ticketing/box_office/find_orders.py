"""Orders that somebody means, by whatever is known of them."""

from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.codes import normalise_short
from ticketing.orders.meant import meant
from ticketing.orders.models import Order
from ticketing.programme.models import Performance, Production
from ticketing.tickets.models import Ticket
from ticketing.venues.models import Hall, Venue

MOST_FOUND = 50


def find_orders(tx: Tx, words: str) -> list[sa.Row[Any]]:
    """Return at most ``MOST_FOUND``, the newest first: each with its performance and its count of live tickets."""
    meanings = meant(words)
    with suppress(ValueError):
        short = sa.select(Ticket.order_id).where(Ticket.short == normalise_short(words))
        meanings.append(Order.id.in_(short))
    live = sa.and_(Ticket.order_id == Order.id, Ticket.voided_at.is_(None))
    query = (
        sa.select(
            Order.__table__, Production.title, Performance.starts_at, Venue.zone,
            sa.select(sa.func.count()).where(live).scalar_subquery().label("tickets"),
        )
        .join(Performance, Performance.id == Order.performance_id)
        .join(Production, Production.id == Performance.production_id)
        .join(Hall, Hall.id == Performance.hall_id)
        .join(Venue, Venue.id == Hall.venue_id)
        .where(sa.or_(sa.false(), *meanings))
    )  # fmt: skip
    return list(tx.execute(query.order_by(Order.placed_at.desc()).limit(MOST_FOUND)))
