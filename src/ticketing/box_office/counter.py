"""What the counter shows: the room, what each way of paying costs, and what is picked so far."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import NamedTuple

from ticketing.desk.db import Tx
from ticketing.foundation.codes import CHANCE
from ticketing.foundation.words import Words
from ticketing.foyer.seats_view import MINE, SeatsView, seats_view
from ticketing.inventory.hold_request import HouseFull
from ticketing.inventory.search.best_available import choose
from ticketing.inventory.seat_map import taken_seats
from ticketing.pricing.conditions import on_sale
from ticketing.pricing.queries import ticket_types
from ticketing.pricing.quote import prices
from ticketing.programme.on_sale import Sale, terms
from ticketing.seating.plan import Plan, Seat


class Offer(NamedTuple):
    """A ticket type of a section, at its price in fen."""

    key: str
    name: Words
    price: int


class Pick(NamedTuple):
    """The form: ``types`` is the ticket type by section, and by seat where it has its own; ``usual``: what a
    section's was before, for where it changed its seats follow it; ``best``: so many seats are to be found.
    """

    seats: Sequence[str] = ()
    types: Mapping[str, str] = {}
    best: int = 0
    section: str = ""
    usual: Mapping[str, str] = {}


class ByHand(HouseFull):
    zh = "剩下的是轮椅席和陪同席：请在图上手选。"
    en = "What is left are wheelchair places and their companions’: please pick them on the map by hand."


@dataclass(frozen=True, slots=True)
class Counter:
    """``view`` has the picked seats as ``mine``; ``types`` is the ticket type by section, ``own`` by seat; ``sale``
    here, which goes on when it has closed elsewhere."""

    sale: Sale
    view: SeatsView
    offers: dict[str, list[Offer]]
    types: dict[str, str]
    own: dict[str, str]

    @property
    def lines(self) -> list[tuple[Seat, Offer]]:
        return [(seat, self._offer(seat)) for seat in self.view.chosen]

    @property
    def total(self) -> int:
        return sum(offer.price for _, offer in self.lines)

    @property
    def free(self) -> bool:
        """Say whether nothing here costs anything."""
        return not any(offer.price for offers in self.offers.values() for offer in offers)

    def type_of(self, seat: Seat) -> str:
        return self.own.get(seat.id) or self.types.get(seat.section, "")

    def _offer(self, seat: Seat) -> Offer:
        offers = self.offers[seat.section]
        return next((each for each in offers if each.key == self.type_of(seat)), offers[0])


def counter(tx: Tx, slug: str, pick: Pick, now: int) -> Counter:
    """Raises NotFound, HouseFull. Of the picked seats those that cannot be sold are left out."""
    view = room(tx, slug, pick, now)
    offers = _offers(tx, view, now)
    unsold = {seat.id for seat in view.chosen if seat.section not in offers}
    states = {seat: state for seat, state in view.states.items() if seat not in unsold}
    types = {key: _type(some, pick.types.get(key, "")) for key, some in offers.items()}
    sale = terms(tx, view.show.id).sale(now, at_desk=True)
    return Counter(sale, replace(view, states=states), offers, types, _own(view, pick))


def room(tx: Tx, slug: str, pick: Pick, now: int) -> SeatsView:
    """Return the room with what is picked as ``mine``; what is not free is left out.

    A large hall is shown section by section: the one that is named, or that of the picked seats.
    """
    view = seats_view(tx, slug, "", now, pick.section)
    seats = _best(tx, view, pick, now) if pick.best else pick.seats
    if seats and view.shown is None and seats[0] in view.plan.by_id:
        view = seats_view(tx, slug, "", now, view.plan.by_id[seats[0]].section)
    known = view.shown.by_id if view.shown else {}
    free = [seat for seat in seats if seat in known and seat not in view.states]
    return replace(view, states=view.states | dict.fromkeys(free, MINE))


def _offers(tx: Tx, view: SeatsView, now: int) -> dict[str, list[Offer]]:
    """Return what can be sold of each section now, the usual ticket first; nothing, and it is left out."""
    known, kinds = prices(tx, view.show.id, now), ticket_types(tx, view.show.id)
    found = {
        tier.section.key: [
            Offer(kind.key, kind.name, known[tier.section.key, kind.key].paid)
            for kind in kinds
            if on_sale(kind, now) and (tier.section.key, kind.key) in known
        ]
        for tier in view.legend
    }
    return {section: offers for section, offers in found.items() if offers}


def _own(view: SeatsView, pick: Pick) -> dict[str, str]:
    """Return the ticket types of single seats, but of sections whose type was changed since."""
    known = view.plan.by_id
    changed = {key for key, was in pick.usual.items() if pick.types.get(key, was) != was}
    seats = {seat: kind for seat, kind in pick.types.items() if seat in known}
    return {seat: kind for seat, kind in seats.items() if known[seat].section not in changed}


def _best(tx: Tx, view: SeatsView, pick: Pick, now: int) -> list[str]:
    taken, sections = taken_seats(tx, view.show.id, now), {pick.section} - {""}
    found = choose(view.plan, taken, pick.best, sections=sections, rng=CHANCE)
    if found is None:
        raise none_left(view.plan, taken, pick.best, sections)
    return found


def none_left(plan: Plan, taken: Set[str], quantity: int, sections: Set[str]) -> HouseFull:
    """Return why so many cannot be found: none are left, or only such as nobody is given unasked."""
    kept = [
        seat for seat in plan.seats
        if seat.id not in taken and (not sections or seat.section in sections)
        and not {"wheelchair", "companion"}.isdisjoint(seat.attributes)
    ]  # fmt: skip
    return (ByHand if len(kept) >= quantity else HouseFull)(quantity=quantity)


def _type(offers: list[Offer], wanted: str) -> str:
    """Return the wanted ticket type, or the usual one."""
    return next((each.key for each in offers if each.key == wanted), offers[0].key)
