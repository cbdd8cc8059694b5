"""What funders have promised, counted in the transaction that sells: the only writer of it.

Funders are taken in the order of their ids, after the seats and before the headcount.
"""

from collections.abc import Mapping

import sqlalchemy as sa

from ticketing.desk.db import Statement, Tx
from ticketing.foundation.errors import Refused
from ticketing.pricing.models import Funder


class FundsSpent(Refused):
    type = "funds-spent"
    zh = "惠民补贴的额度用完了，请改选不用补贴的票种。没有扣款。"
    en = "The subsidy is used up: please choose a ticket type without it. Nothing was charged."


AMOUNT = sa.bindparam("amount", type_=sa.BigInteger)
THIS = Funder.id == sa.bindparam("funder")
WITHIN = sa.or_(Funder.cap.is_(None), Funder.promised + AMOUNT <= Funder.cap)
PROMISE = Statement(sa.update(Funder).where(THIS, WITHIN).values(promised=Funder.promised + AMOUNT))
RELEASE = Statement(sa.update(Funder).where(THIS).values(promised=Funder.promised - AMOUNT))


def promise(tx: Tx, funded: Mapping[str, int]) -> None:
    """Count what the funders pay, in fen by funder; FundsSpent where that passes a cap."""
    for funder, amount in sorted(funded.items()):
        if not tx.run(PROMISE, funder=funder, amount=amount):
            raise FundsSpent()


def release(tx: Tx, funded: Mapping[str, int]) -> None:
    for funder, amount in sorted(funded.items()):
        tx.run(RELEASE, funder=funder, amount=amount)
