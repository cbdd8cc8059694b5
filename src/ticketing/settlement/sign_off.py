"""Sign a settlement: by name, once, and only when it is right and nothing of it is under way."""

import sqlalchemy as sa
from typing_extensions import override

from ticketing.desk.db import INSERT, Tx
from ticketing.desk.diary import note as diary
from ticketing.foundation.errors import BadInput, Refused
from ticketing.foundation.words import say
from ticketing.orders.models import TO_PAY, Order, OrderStatus
from ticketing.payments.models import Refund, RefundStatus
from ticketing.settlement.models import Settlement
from ticketing.settlement.sheet import Sheet, digest_of, draw_up
from ticketing.settlement.wording import WRONG


class NotOver(Refused):
    type = "not-over"
    zh = "演出还没有结束，结束后才能结算。"
    en = "The performance is not over yet: it is settled afterwards."


class NotEqual(Refused):
    type = "not-equal"
    """``wrong``: what is not equal, as the sheet names it."""

    zh = "结算和账本不一致（{what}），先查清楚再签字。"
    en = "The settlement and the ledger differ ({what}): find out why before you sign."

    @override
    def sentence(self, lang: str) -> str:
        between = "、" if lang == "zh" else ", "
        what = between.join(say(WRONG[each], lang) for each in self.fields["wrong"])
        return (self.zh if lang == "zh" else self.en).format(what=what)


class UnderWay(Refused):
    type = "under-way"
    zh = "还有 {orders} 个订单等付款、{refunds} 笔退款没办完，办完再签字。"
    en = "{orders} orders still await payment and {refunds} refunds are under way: sign when they are done."


class FiguresChanged(Refused):
    type = "figures-changed"
    zh = "你看的时候数字变了，请核对新的数字再签字。"
    en = "The figures changed while you looked: please check the new ones and sign again."


def sign_off(
    tx: Tx, performance_id: str, digest: str, signer: str, note: str, *, by: str, now: int
) -> bool:
    """Return whether this call did it: signed once, it stays. ``digest``: of the sheet that was shown."""
    if signed(tx, performance_id) is not None:
        return False
    if not signer:
        raise BadInput("signer", "请写你的名字。", "Please give your name.")
    sheet = draw_up(tx, performance_id, now)
    check(tx, performance_id, sheet, now)
    if digest_of(sheet) != digest:
        raise FiguresChanged()
    values = {
        "performance_id": performance_id, "sheet": sheet, "digest": digest, "signer": signer,
        "note": note, "signed_by": by, "signed_at": now,
    }  # fmt: skip
    insert = INSERT[tx.dialect](Settlement).values(values).on_conflict_do_nothing()
    if tx.execute(insert.returning(Settlement.performance_id)).first() is None:
        return False
    diary(tx, "settlement.signed", performance_id, by=by, now=now, digest=digest, signer=signer)
    return True


def check(tx: Tx, performance_id: str, sheet: Sheet, now: int) -> None:
    if now < sheet["ends_at"] and not sheet["cancelled"]:
        raise NotOver()
    if sheet["wrong"]:
        raise NotEqual(wrong=sheet["wrong"])
    orders, refunds = under_way(tx, performance_id, cancelled=sheet["cancelled"])
    if orders or refunds:
        raise UnderWay(orders=orders, refunds=refunds)


def under_way(tx: Tx, performance_id: str, *, cancelled: bool) -> tuple[int, int]:
    """Count orders that may still be paid, or paid back, and refunds that a provider has in hand."""
    waiting = (*TO_PAY, OrderStatus.PAID) if cancelled else TO_PAY
    mine = Order.performance_id == performance_id
    orders = sa.select(sa.func.count()).where(mine, Order.status.in_(waiting))
    refunds = (
        sa.select(sa.func.count())
        .join_from(Refund, Order, Order.id == Refund.order_id)
        .where(mine, Refund.status.in_([RefundStatus.OWED, RefundStatus.PENDING]))
    )
    return int(tx.execute(orders).scalar_one()), int(tx.execute(refunds).scalar_one())


def signed(tx: Tx, performance_id: str) -> sa.Row[tuple[object, ...]] | None:
    """Return the settlement, None before it is signed."""
    query = sa.select(Settlement.__table__).where(Settlement.performance_id == performance_id)
    return tx.execute(query).first()
