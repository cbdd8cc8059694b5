"""The office changes prices: each of a performance, face = paid + discount + funded."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from ticketing.desk.db import Tx
from ticketing.foundation.errors import BadInput
from ticketing.pricing.queries import price_list
from ticketing.pricing.set_prices import PriceEntry, set_prices


class Amounts(NamedTuple):
    """In fen."""

    face: int
    paid: int
    discount: int
    funded: int


def edit_prices(
    tx: Tx, performance_id: str, amounts: Mapping[tuple[str, str], Amounts], *, by: str, now: int
) -> None:
    """``amounts``: by band and ticket type, those that change. What was sold keeps its price."""
    known = price_list(tx, performance_id)
    if set(amounts) - {(tag.band, tag.ticket_type) for tag in known.tags}:
        raise BadInput(
            "prices", "没有这个价格，请刷新页面。", "There is no such price: please reload."
        )
    tags = [changed(tag, amounts.get((tag.band, tag.ticket_type))) for tag in known.tags]
    set_prices(tx, performance_id, replace(known, tags=tags), by=by, now=now)


def changed(tag: PriceEntry, to: Amounts | None) -> PriceEntry:
    if to is None:
        return tag
    if to.face != to.paid + to.discount + to.funded:
        raise BadInput(
            "prices",
            "票面价要等于实付加优惠加补贴。",
            "The face price has to be what is paid, discounted and funded.",
        )
    if to.funded and tag.funder_id is None:
        raise BadInput("prices", "这个价格没有资助方。", "This price has no funder.")
    return tag._replace(**to._asdict())
