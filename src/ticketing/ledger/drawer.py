"""A drawer: opened with a count, closed with a count. What its person takes and pays out meanwhile is its
cash; what is missing or too much is booked when it is closed, and the rest handed in.
"""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import INSERT, Tx
from ticketing.desk.diary import note
from ticketing.foundation.codes import new_id
from ticketing.foundation.errors import BadInput, Forbidden, NotFound, Refused
from ticketing.ledger.models import Account, Drawer, Posting
from ticketing.ledger.post import Books, Move, post

CASH, BANK, OFF = Account.CASH, Account.BANK, Account.CASH_DIFFERENCES
OPEN = Drawer.closed_at.is_(None)
FAR = 20_00  # and more than a tenth of what there should be: a slip of the keys, rather than of the hand
MOVED = sa.func.coalesce(  # what came in, less what went out
    sa.func.sum(sa.case((Posting.debit == CASH, Posting.amount), else_=-Posting.amount)), 0
)


class DrawerOpen(Refused):
    type = "drawer-open"
    zh = "你的钱箱已经开着，先清点关箱。"
    en = "Your drawer is open already: count and close it first."


class FarOff(Refused):
    type = "far-off"
    zh = "这个数和应有的差得多，还没有关箱。请再数一遍；真是这么多，再按一次。"
    en = "This is far from what there should be: the drawer is still open. Count again; if it is right, press again."


class StillOpen(Refused):
    type = "drawer-still-open"
    zh = "这个钱箱还开着，清点关箱就行。"
    en = "This drawer is still open: count and close it."


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
    tx: Tx, drawer_id: str, counted: int, *, by: str, anybodys: bool = False,
    sure: bool = False, now: int,
) -> None:  # fmt: skip
    """Close it for good: who asks is the one who opened it, or may close ``anybodys``. Harmless when
    repeated. FarOff, and nothing is booked, for a count that nobody is ``sure`` of.
    """
    row = locked(tx, drawer_id, counted)
    if not anybodys and row.opened_by != by:
        raise Forbidden()
    if row.closed_at is not None:
        return
    expected = row.opening + moved(tx, drawer_id)
    off = counted - expected
    if abs(off) > max(FAR, abs(expected) // 10) and not sure:
        raise FarOff()
    values = {"closing": counted, "closed_at": now, "closed_by": by}
    tx.execute(sa.update(Drawer).where(Drawer.id == drawer_id).values(values))
    books = Books(None, None, row.currency, drawer_id)
    post(tx, f"drawer:{drawer_id}", books, handed_in(row.opening, counted, off), now=now)
    note(tx, "drawer.closed", drawer_id, by=by, now=now, counted=counted, off=off)


def correct_drawer(
    tx: Tx, drawer_id: str, counted: int, why: str, *, by: str, now: int
) -> None:  # fmt: skip
    """Book another count of a closed drawer: the first is taken back and the right one entered, under a name of
    its own, and the diary keeps both. Harmless when repeated. NotFound, StillOpen.
    """
    row = locked(tx, drawer_id, counted)
    if row.closed_at is None:
        raise StillOpen()
    if not why:
        raise BadInput("why", "请写为什么更正。", "Please say why.")
    if counted == row.closing:
        return
    ours = sa.and_(Posting.drawer_id == drawer_id, sa.not_(Posting.entry.startswith("drawer:")))
    expected = row.opening + int(tx.execute(sa.select(MOVED).where(ours)).scalar_one())
    was = handed_in(row.opening, row.closing, row.closing - expected)
    moves = [(credit, debit, fen) for debit, credit, fen in was]
    moves += handed_in(row.opening, counted, counted - expected)
    tx.execute(sa.update(Drawer).where(Drawer.id == drawer_id).values(closing=counted))
    post(
        tx,
        f"drawer:{drawer_id}:{new_id(now)}",
        Books(None, None, row.currency, drawer_id),
        moves,
        now=now,
    )
    what = {"was": row.closing, "counted": counted, "why": why}
    note(tx, "drawer.corrected", drawer_id, by=by, now=now, **what)


def locked(tx: Tx, drawer_id: str, counted: int) -> sa.Row[Any]:
    """Return the drawer when nobody else is moving it; NotFound, BadInput for a count below 0."""
    if counted < 0:
        raise BadInput("closing", "金额不能是负数。", "The count cannot be negative.")
    query = sa.select(Drawer.__table__).where(Drawer.id == drawer_id).with_for_update()
    if (row := tx.execute(query).first()) is None:
        raise NotFound()
    return row


def handed_in(opening: int, counted: int, off: int) -> list[Move]:
    return [turned(CASH, OFF, off), turned(BANK, CASH, counted - opening)]


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
