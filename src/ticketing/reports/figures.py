"""The figures of a performance, as of a moment; money in fen."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from ticketing.foundation.words import Words
from ticketing.orders.models import COMP
from ticketing.programme.on_sale import Sale, Terms
from ticketing.reports.counts import KeptCounts, Part
from ticketing.reports.money import Money


@dataclass(frozen=True, slots=True)
class Tier:
    """A section on that night."""

    key: str
    name: Words
    kind: str
    seats: int
    kept: KeptCounts
    arrived: int
    parts: tuple[Part, ...]

    @property
    def sold(self) -> int:
        return sum(part.tickets for part in self.parts)

    @property
    def available(self) -> int:
        return self.seats - self.sold - self.kept.allocated - self.kept.held

    @property
    def sold_share(self) -> float:
        """Return percent of its seats."""
        return round(100 * self.sold / self.seats, 1)

    @property
    def kept_share(self) -> float:
        return round(100 * (self.kept.allocated + self.kept.held) / self.seats, 1)

    @property
    def face(self) -> int:
        return sum(part.face for part in self.parts)

    @property
    def funded(self) -> int:
        return sum(part.funded for part in self.parts)

    @property
    def paid(self) -> int:
        return sum(part.paid for part in self.parts)


@dataclass(frozen=True, slots=True)
class Sales:
    """``performance`` is a row of ``programme.queries``; ``types`` are the ticket types' names."""

    performance: Any
    as_of: int
    capacity: int  # the approved number of people
    currency: str
    types: dict[str, Words]
    tiers: tuple[Tier, ...]
    money: Money
    refunded: int  # tickets

    @property
    def table(self) -> list[Part]:
        """Return section x ticket type x channel."""
        return [part for tier in self.tiers for part in tier.parts]

    @property
    def sale(self) -> Sale:
        fields = Terms.__dataclass_fields__
        return Terms(*(getattr(self.performance, name) for name in fields)).sale(self.as_of)

    @property
    def seats(self) -> int:
        return sum(tier.seats for tier in self.tiers)

    @property
    def sold(self) -> int:
        return sum(tier.sold for tier in self.tiers)

    @property
    def free(self) -> int:
        """Return the seats nobody has; ``available`` may be fewer."""
        return sum(tier.available for tier in self.tiers)

    @property
    def allocated(self) -> int:
        return sum(tier.kept.allocated for tier in self.tiers)

    @property
    def kept_for(self) -> dict[str, int]:
        """Return the seats that the house keeps, by kind."""
        found: Counter[str] = Counter()
        for tier in self.tiers:
            found.update(tier.kept.kinds)
        return dict(found)

    @property
    def comps(self) -> int:
        return sum(part.tickets for part in self.table if part.ticket_type == COMP)

    @property
    def held(self) -> int:
        return sum(tier.kept.held for tier in self.tiers)

    @property
    def available(self) -> int:
        """Return the seats that could be sold: never more than the approved number allows."""
        return max(0, min(self.free, self.capacity - self.sold))

    @property
    def unsold(self) -> int:
        """Return what could be sold but for running holds: as of a past moment nobody knows those any more."""
        return max(0, min(self.free + self.held, self.capacity - self.sold))

    @property
    def gross(self) -> int:
        return sum(tier.face for tier in self.tiers)

    @property
    def discounts(self) -> int:
        return sum(part.discount for part in self.table)

    @property
    def admitted(self) -> int:
        return sum(tier.arrived for tier in self.tiers)

    @property
    def no_shows(self) -> int | None:
        """Return who never came; None before the performance is over."""
        return self.sold - self.admitted if self.as_of >= self.performance.ends_at else None


def differences(report: Sales) -> list[str]:
    """Name what the ledger says otherwise than the rows."""
    money = report.money
    pairs = {
        "tickets": (sum(tier.paid for tier in report.tiers), money.tickets),
        "funded": (sum(tier.funded for tier in report.tiers), money.funded),
        "deferred": (report.gross - report.discounts, money.deferred + money.earned),
    }
    return [name for name, (rows, books) in pairs.items() if rows != books]
