"""Promotion codes: what they take off, and how much of their budget is left. The only writer of it."""

import unicodedata
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.upsert import keep_row
from ticketing.foundation.errors import Refused
from ticketing.pricing.models import Promotion
from ticketing.pricing.quote import Quote, cheaper

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10  # characters: 50 bits
MEANT = str.maketrans("OILU", "011V")


class NoSuchCode(Refused):
    status = 422
    type = "no-such-code"
    zh = "没有这个优惠码，或这一场不能用，请检查。"
    en = "There is no such code for this performance: please check it."


class CodeNotNow(Refused):
    type = "code-not-now"
    zh = "这个优惠码现在不能用。"
    en = "This code cannot be used now."


class CodeTakesNothingOff(Refused):
    type = "code-takes-nothing-off"
    zh = "这个优惠码对所选的票不起作用，优惠不能叠加。"
    en = "This code takes nothing off these tickets: discounts do not add up."


class BudgetSpent(Refused):
    type = "code-used-up"
    zh = "这个优惠码已经用完。"
    en = "This code is used up."


def typed(code: str) -> str:
    """Return a code as it is stored: any case, with spaces or hyphens, look-alikes as they are meant."""
    plain = unicodedata.normalize("NFKC", code).upper().translate(MEANT)
    return "".join(sign for sign in plain if sign in CROCKFORD)[: LENGTH + 1]


def offer(tx: Tx, code: str, values: Mapping[str, Any], *, by: str, now: int) -> str:
    """Keep a code with these fields of the model and return the promotion's id."""
    return keep_row(tx, Promotion, {"code": typed(code)}, values, by=by, now=now, spent=0)


def close(tx: Tx, code: str, *, now: int) -> bool:
    """From now on it cannot be used, unless it was over before. Return whether there is such a code."""
    mine = Promotion.code == typed(code)
    over = sa.and_(Promotion.closes_at.is_not(None), Promotion.closes_at <= now)
    tx.execute(sa.update(Promotion).where(mine, sa.not_(over)).values(closes_at=now))
    return tx.execute(sa.select(Promotion.id).where(mine)).first() is not None


def find(tx: Tx, code: str, performance_id: str, now: int) -> sa.Row[Any]:
    """Raises NoSuchCode, CodeNotNow."""
    query = sa.select(Promotion.__table__).where(Promotion.code == typed(code))
    row = tx.execute(query).first()
    if row is None or row.performance_id not in (None, performance_id):
        raise NoSuchCode()
    begun = row.opens_at is None or row.opens_at <= now
    if not begun or (row.closes_at is not None and row.closes_at <= now):
        raise CodeNotNow()
    return row


def lower(price: Quote, ticket_type: str, promotion: sa.Row[Any]) -> Quote:
    """Return the price with the code: the same where it is for other types, or does not stack."""
    for_it = not promotion.ticket_types or ticket_type in promotion.ticket_types
    if not for_it or (not promotion.stacks and (price.discount or price.funded)):
        return price
    off = -(-price.paid * promotion.percent // 100) + promotion.fen  # rounded for the buyer
    return cheaper(price, price.paid - off)


def spend(tx: Tx, promotion_id: str, amount: int) -> None:
    """Count a discount; BudgetSpent where it passes the budget. Who waits here goes one by one."""
    left = sa.or_(Promotion.budget.is_(None), Promotion.spent + amount <= Promotion.budget)
    change = sa.update(Promotion).where(Promotion.id == promotion_id, left)
    if not tx.execute(change.values(spent=Promotion.spent + amount)).rowcount:
        raise BudgetSpent()


def unspend(tx: Tx, promotion_id: str, amount: int) -> None:
    change = sa.update(Promotion).where(Promotion.id == promotion_id)
    tx.execute(change.values(spent=Promotion.spent - amount))
