"""Who may buy which ticket type: how many in one order, and when it is sold."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from ticketing.foundation.db import Statement, Tx
from ticketing.foundation.errors import Refused
from ticketing.foundation.words import say
from ticketing.pricing.models import TicketType
from ticketing.pricing.queries import ticket_types


class TooFewOfAType(Refused):
    status = 422
    type = "too-few-of-a-type"
    zh = "“{zh_name}”要一起买，至少 {least} 张。"
    en = "“{en_name}” is for at least {least} tickets together."


class TooManyOfAType(Refused):
    status = 422
    type = "too-many-of-a-type"
    zh = "“{zh_name}”一单最多 {most} 张。"
    en = "“{en_name}”: at most {most} in one order."


class TypeNotSold(Refused):
    type = "ticket-type-not-sold"
    zh = "“{zh_name}”现在不卖，请选别的票种。"
    en = "“{en_name}” is not for sale now: please choose another ticket type."


def on_sale(kind: Any, now: int) -> bool:
    """``kind``: a row with the fields of Kind."""
    begun = kind.sold_from is None or kind.sold_from <= now
    return begun and (kind.sold_until is None or now < kind.sold_until)


class Condition(NamedTuple):
    """Of a ticket type; as the model has it."""

    key: str
    least: int | None
    most: int | None
    sold_from: int | None
    sold_until: int | None


CONDITIONS = Statement(  # of the types that have one: mostly none
    sa.select(*(getattr(TicketType, field) for field in Condition._fields)).where(
        TicketType.performance_id == sa.bindparam("performance_id"),
        sa.func.coalesce(
            TicketType.least, TicketType.most, TicketType.sold_from, TicketType.sold_until
        ).is_not(None),
    )
)


def check_types(tx: Tx, performance_id: str, counts: Mapping[str, int], now: int) -> None:
    """``counts``: tickets of one order by type."""
    for row in tx.all(CONDITIONS, performance_id=performance_id):
        kind = Condition(*row)
        if count := counts.get(kind.key, 0):
            check_type(tx, performance_id, kind, count, now)


def check_type(tx: Tx, performance_id: str, kind: Condition, count: int, now: int) -> None:
    if not on_sale(kind, now):
        raise TypeNotSold(**named(tx, performance_id, kind.key))
    if kind.least is not None and count < kind.least:
        raise TooFewOfAType(**named(tx, performance_id, kind.key), least=kind.least)
    if kind.most is not None and count > kind.most:
        raise TooManyOfAType(**named(tx, performance_id, kind.key), most=kind.most)


def named(tx: Tx, performance_id: str, key: str) -> dict[str, str]:
    (name,) = (kind.name for kind in ticket_types(tx, performance_id) if kind.key == key)
    return {"zh_name": say(name, "zh"), "en_name": say(name, "en")}
