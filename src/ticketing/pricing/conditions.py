"""Who may buy which ticket type: how many in one order, and when it is sold."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from ticketing.desk.db import Statement, Tx
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


class NeedsWheelchairPlace(Refused):
    status = 422
    type = "needs-wheelchair-place"
    zh = "“{zh_name}”只和轮椅席一起卖：每个轮椅席一张。"
    en = "“{en_name}” goes with a wheelchair place: one for each such place in the order."


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
    needs: str | None


CONDITIONS = Statement(  # of the types that have one: mostly none
    sa.select(*(getattr(TicketType, field) for field in Condition._fields)).where(
        TicketType.performance_id == sa.bindparam("performance_id"),
        sa.or_(*(getattr(TicketType, field).is_not(None) for field in Condition._fields[1:])),
    )
)


def check_types(
    tx: Tx, performance_id: str, counts: Mapping[str, int], wheelchairs: Mapping[str, int], now: int
) -> None:
    """``counts``: tickets of one order by type; ``wheelchairs``: those among them for such a place."""
    kinds = [Condition(*row) for row in tx.all(CONDITIONS, performance_id=performance_id)]
    for kind in kinds:
        if count := counts.get(kind.key, 0):
            check_type(tx, performance_id, kind, count, now)
    check_companions(tx, performance_id, kinds, counts, wheelchairs)


def check_rest(
    tx: Tx, performance_id: str, counts: Mapping[str, int], wheelchairs: Mapping[str, int]
) -> None:
    """Check what stays of an order of which tickets go back."""
    kinds = [Condition(*row) for row in tx.all(CONDITIONS, performance_id=performance_id)]
    check_companions(tx, performance_id, kinds, counts, wheelchairs)


def check_companions(
    tx: Tx, performance_id: str, kinds: Sequence[Condition], counts: Mapping[str, int],
    wheelchairs: Mapping[str, int],
) -> None:  # fmt: skip
    """Of the types that need a wheelchair place there are no more than such places of other types."""
    needing = [kind.key for kind in kinds if kind.needs and counts.get(kind.key)]
    places = sum(count for key, count in wheelchairs.items() if key not in needing)
    if sum(counts[key] for key in needing) > places:
        raise NeedsWheelchairPlace(**named(tx, performance_id, needing[0]))


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
