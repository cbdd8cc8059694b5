"""The code of an order: used once for it, so often by one buyer, given back when the order ends."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.errors import Refused
from ticketing.orders.create import Buyer
from ticketing.orders.models import Order, PromotionUse
from ticketing.pricing.promotion import spend, unspend


class CodeUsedBefore(Refused):
    type = "code-used-before"
    zh = "这个优惠码每人最多用 {most} 次，你已经用过了。"
    en = "This code may be used {most} times by one person, and you have."


def use(
    tx: Tx, promotion: sa.Row[Any], order_id: str, buyer: Buyer, amount: int
) -> None:  # fmt: skip
    """Raises BudgetSpent, CodeUsedBefore. The order is stored already."""
    spend(tx, promotion.id, amount)
    if promotion.most_per_buyer is not None:
        used = uses(tx, promotion.id, buyer)
        if used >= promotion.most_per_buyer:
            raise CodeUsedBefore(most=promotion.most_per_buyer)
    row = {"order_id": order_id, "promotion_id": promotion.id, "amount": amount}
    tx.execute(sa.insert(PromotionUse), row)


def uses(tx: Tx, promotion_id: str, buyer: Buyer) -> int:
    """Count the buyer's orders with this code, by each contact, that did not end without tickets."""
    mine = [
        contact == given
        for contact, given in ((Order.buyer_phone, buyer.phone), (Order.buyer_email, buyer.email))
        if given
    ]
    query = (
        sa.select(sa.func.count())
        .join_from(PromotionUse, Order, Order.id == PromotionUse.order_id)
        .where(
            PromotionUse.promotion_id == promotion_id,
            PromotionUse.released_at.is_(None),
            sa.or_(sa.false(), *mine),
        )
    )
    return int(tx.execute(query).scalar_one())


def give_back(tx: Tx, order_id: str, *, now: int) -> None:
    """The order ended: its discount is free for others. Harmless when repeated."""
    mine = sa.and_(PromotionUse.order_id == order_id, PromotionUse.released_at.is_(None))
    change = sa.update(PromotionUse).where(mine).values(released_at=now)
    for row in tx.execute(change.returning(PromotionUse.promotion_id, PromotionUse.amount)).all():
        unspend(tx, row.promotion_id, row.amount)


def take_again(tx: Tx, order_id: str) -> None:
    """The order lives again, paid late: BudgetSpent where others used up the budget meanwhile."""
    mine = sa.and_(PromotionUse.order_id == order_id, PromotionUse.released_at.is_not(None))
    change = sa.update(PromotionUse).where(mine).values(released_at=None)
    for row in tx.execute(change.returning(PromotionUse.promotion_id, PromotionUse.amount)).all():
        spend(tx, row.promotion_id, row.amount)
