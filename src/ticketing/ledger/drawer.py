"""A drawer: opened with a count, closed with a count. What its person takes and pays out meanwhile is its
cash; what is missing or too much is booked when it is closed, and the rest handed in.
"""

from typing import Any

import sqlalchemy as sa

from ticketing.foundation.codes import new_id
from ticketing.foundation.db import INSERT, Tx
from ticketing.foundation.diary import note
from ticketing.foundation.errors import BadInput, Forbidden, NotFound, Refused
from ticketing.ledger.models import Account, Drawer, Posting
from ticketing.ledger.post import Books, post

CASH, BANK, OFF = Account.CASH, Account.BANK, Account.CASH_DIFFERENCES
OPEN = Drawer.closed_at.is_(None)
MOVED = sa.func.coalesce(  # what came in, less what went out
    sa.func.sum(sa.case((Posting.debit == CASH, Posting.amount), else_=-Posting.amount)), 0
)


class DrawerOpen(Refused):
    type = "drawer-open"
    zh = "你的钱箱已经开着，先清点关箱。"
    en = "Your drawer is open already: count and close it first."


def open_drawer(tx: Tx, name: str, opening: int, currency: str, *, by: str, now: int) -> str:
    """Return its id. One for each person: DrawerOpen."""
    if opening < 0:
        raise BadInput("opening", "金额不能是负数。", "The count cannot be negative.")
    mine = new_id(now)
    insert = INSERT[tx.dialect](Drawer).values(
        id=mine, name=name, currency=currency, opening=opening, opened_at=now, opened_by=by
    )
    kept = insert.on_conflict_do_nothing(index_elements=[Drawer.opened_by], index_where=OPEN)
    if tx.execute(kept.returning(Drawer.id)).first() is None:
        raise DrawerOpen()
    note(tx, "drawer.opened", mine, by=by, now=now, opening=opening)
    return mine


def drawer_of(tx: Tx, by: str) -> str | None:
    """Return the open drawer of this person, which stays open until the transaction ends; None: none."""
    query = sa.select(Drawer.id).where(Drawer.opened_by == by, OPEN)
    return tx.execute(query.with_for_update(read=True)).scalar()


def has_drawer(tx: Tx, by: str) -> bool:
    query = sa.select(Drawer.id).where(Drawer.opened_by == by, OPEN)
    return tx.execute(query).first() is not None


def close_drawer(
    tx: Tx, drawer_id: str, counted: int, *, by: str, anybodys: bool = False, now: int
) -> None:
    """Close it for good: who asks is the one who opened it, or may close ``anybodys``. Harmless when
    repeated."""
    if counted < 0:
        raise BadInput("closing", "金额不能是负数。", "The count cannot be negative.")
    row = tx.execute(
        sa.select(Drawer.__table__).where(Drawer.id == drawer_id).with_for_update()
    ).first()
    if row is None:
        raise NotFound()
    if not anybodys and row.opened_by != by:
        raise Forbidden()
    if row.closed_at is not None:
        return
    off = counted - row.opening - moved(tx, drawer_id)
    values = {"closing": counted, "closed_at": now, "closed_by": by}
    tx.execute(sa.update(Drawer).where(Drawer.id == drawer_id).values(values))
    moves = [turned(CASH, OFF, off), turned(BANK, CASH, counted - row.opening)]
    books = Books(None, None, row.currency, drawer_id)
    post(tx, f"drawer:{drawer_id}", books, moves, now=now)
    note(tx, "drawer.closed", drawer_id, by=by, now=now, counted=counted, off=off)


def moved(tx: Tx, drawer_id: str) -> int:
    """Return what came into it, less what went out."""
    return int(tx.execute(sa.select(MOVED).where(Posting.drawer_id == drawer_id)).scalar_one())


def turned(debit: Account, credit: Account, fen: int) -> tuple[Account, Account, int]:
    return (debit, credit, fen) if fen >= 0 else (credit, debit, -fen)


def drawers(tx: Tx, by: str | None) -> list[sa.Row[Any]]:
    """Return the drawers of a person, or all: what was ``taken``, ``paid_back`` and ``off``, in fen; the open
    ones first, then the newest."""
    ours = sa.not_(Posting.entry.startswith("drawer:"))
    mine = Posting.drawer_id == Drawer.id

    def total(*conditions: Any) -> Any:
        amount = sa.cast(sa.func.coalesce(sa.func.sum(Posting.amount), 0), sa.BigInteger)
        return sa.select(amount).where(mine, *conditions).correlate(Drawer).scalar_subquery()

    taken, back = total(ours, Posting.debit == CASH), total(ours, Posting.credit == CASH)
    query = sa.select(
        Drawer.__table__, taken.label("taken"), back.label("paid_back"),
        (Drawer.opening + taken - back).label("expected"),
        (Drawer.closing - Drawer.opening - taken + back).label("off"),
    )  # fmt: skip
    if by is not None:
        query = query.where(Drawer.opened_by == by)
    return list(tx.execute(query.order_by(sa.not_(OPEN), Drawer.opened_at.desc()).limit(200)))


def loose_cash(tx: Tx) -> int:
    """Return the cash that was taken, less what was paid back, by people without an open drawer."""
    here = sa.or_(Posting.debit == CASH, Posting.credit == CASH)
    query = sa.select(MOVED).where(here, Posting.drawer_id.is_(None))
    return int(tx.execute(query).scalar_one())
