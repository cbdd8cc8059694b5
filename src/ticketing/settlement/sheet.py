"""The sheet of a performance: drawn from the rows and the ledger as of a moment, and plain enough to store.

Money in fen, times in ms, shares in thousandths. Names are in both languages.
"""

import hashlib
import json
from typing import Any, TypedDict

from ticketing.desk.db import Tx
from ticketing.foundation.words import Words
from ticketing.orders.models import COMP
from ticketing.reports.figures import Sales, differences
from ticketing.reports.sales import sales
from ticketing.settlement.purses import (
    Moves,
    PurseFigures,
    Subsidy,
    moves,
    owed,
    provider_fees,
    purses,
    subsidies,
)


class Line(TypedDict):
    """Live tickets of one kind: face = discount + funded + paid."""

    section: Words
    ticket_type: Words
    channel: str
    comp: bool
    tickets: int
    face: int
    discount: int
    funded: int
    paid: int


class Figures(TypedDict):
    """gross = comps_value + discounts + funded + tickets; net = tickets + fees - losses; ``revenue``:
    deferred until the caretaker earns it, so both in one.

    What lies in the purses and what is disputed is the net and what is still owed to buyers.
    """

    capacity: int
    seats: int
    kept: int
    sold: int
    comps: int
    returned: int
    admitted: int
    gross: int
    comps_value: int
    discounts: int
    funded: int
    tickets: int
    fees: int
    losses: int
    net: int
    refunds: int
    owed: int
    disputed: int
    revenue: int
    provider_fees: int
    occupancy: int
    attendance: int


class Sheet(TypedDict):
    """``kept_for``: seats by what they are kept for; ``wrong``: what the ledger says otherwise."""

    title: Words
    slug: str
    starts_at: int
    ends_at: int
    zone: str
    venue: Words
    hall: Words
    cancelled: bool
    as_of: int
    currency: str
    figures: Figures
    kept_for: dict[str, int]
    lines: list[Line]
    purses: list[PurseFigures]
    subsidies: list[Subsidy]
    wrong: list[str]


def draw_up(tx: Tx, performance_id: str, as_of: int) -> Sheet:
    """Raises NotFound."""
    return sheet_of(tx, sales(tx, performance_id, as_of))


def sheet_of(tx: Tx, report: Sales) -> Sheet:
    show, as_of = report.performance, report.as_of
    moved = moves(tx, show.id, as_of)
    lines, lie = lines_of(report), purses(moved)
    figures = figures_of(tx, report, lines, moved)
    return Sheet(
        title=show.title, slug=show.slug, starts_at=show.starts_at, ends_at=show.ends_at,
        zone=show.zone, venue=show.venue_name, hall=show.hall_name,
        cancelled=show.cancelled_at is not None, as_of=as_of, currency=report.currency,
        figures=figures, kept_for=report.kept_for, lines=lines, purses=lie,
        subsidies=subsidies(tx, show.id, as_of), wrong=wrong(report, figures, lie),
    )  # fmt: skip


def lines_of(report: Sales) -> list[Line]:
    return [
        Line(
            section=tier.name, channel=part.channel, comp=part.ticket_type == COMP,
            ticket_type=report.types.get(part.ticket_type, Words(zh=part.ticket_type, en=part.ticket_type)),
            tickets=part.tickets, face=part.face, discount=part.discount, funded=part.funded,
            paid=part.paid,
        )
        for tier in report.tiers
        for part in tier.parts
    ]  # fmt: skip


def figures_of(tx: Tx, report: Sales, lines: list[Line], moved: Moves) -> Figures:
    money, here = report.money, report.performance.id
    given = sum(line["discount"] for line in lines if line["comp"])
    to_buyers, disputed = owed(moved)
    return Figures(
        capacity=report.capacity, seats=report.seats, kept=report.allocated, sold=report.sold,
        comps=report.comps, returned=report.refunded, admitted=report.admitted,
        gross=report.gross, comps_value=given, discounts=report.discounts - given,
        funded=money.funded, tickets=money.tickets, fees=money.fees, losses=money.losses,
        net=money.net, refunds=money.refunds, owed=to_buyers, disputed=disputed,
        revenue=money.deferred + money.earned,
        provider_fees=provider_fees(tx, here, report.as_of),
        occupancy=share(report.sold - report.comps, report.capacity),
        attendance=share(report.admitted, report.sold),
    )  # fmt: skip


def wrong(report: Sales, figures: Figures, lie: list[PurseFigures]) -> list[str]:
    """Name what does not add up, to the fen."""
    off = differences(report)
    given = figures["comps_value"] + figures["discounts"] + figures["funded"]
    if figures["gross"] != given + figures["tickets"]:
        off.append("gross")
    if (
        sum(purse["left"] for purse in lie) + figures["disputed"]
        != figures["net"] + figures["owed"]
    ):
        off.append("money")
    return off


def share(part: int, whole: int) -> int:
    return round(1000 * part / whole) if whole else 0


def digest_of(sheet: Sheet) -> str:
    """Return a digest of all that is on it but the moment it was drawn."""
    plain: dict[str, Any] = {name: value for name, value in sheet.items() if name != "as_of"}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
