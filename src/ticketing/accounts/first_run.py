"""The first run: whoever reads the set-up token on the server's screen becomes the first admin."""

import sqlalchemy as sa

from ticketing.accounts.models import FirstRun, Role, Staff
from ticketing.accounts.staff import add_staff
from ticketing.desk.db import INSERT, Tx
from ticketing.foundation.codes import digest, new_secret
from ticketing.foundation.errors import Forbidden

NOBODY_WORKS_HERE = ~sa.exists(sa.select(Staff.id))


class WrongSetupToken(Forbidden):
    type = "wrong-setup-token"
    zh = "设置口令不对，或者已经用过。口令在服务器启动时打印在屏幕上。"
    en = "The set-up token is wrong or was used. The server prints it when it starts."


def make_setup_token(tx: Tx, *, now: int) -> str | None:
    """Return a new token in place of any unused one; None once somebody works here."""
    if not tx.execute(sa.select(NOBODY_WORKS_HERE)).scalar_one():
        return None
    token = new_secret()
    known = {"token_digest": digest(token)}
    insert = INSERT[tx.dialect](FirstRun).values(id=1, **known)
    tx.execute(insert.on_conflict_do_update(index_elements=["id"], set_=known))
    return token


def opens(token: str) -> sa.ColumnElement[bool]:
    """The condition under which this token makes the first admin."""
    unused = sa.and_(FirstRun.token_digest == digest(token), FirstRun.used_at.is_(None))
    return sa.and_(unused, NOBODY_WORKS_HERE)


def awaits_first_run(tx: Tx) -> bool:
    waiting = sa.select(FirstRun.id).where(FirstRun.used_at.is_(None), NOBODY_WORKS_HERE)
    return tx.execute(waiting).first() is not None


def check_setup_token(tx: Tx, token: str) -> None:
    """Raise WrongSetupToken, before a password is hashed for a stranger."""
    if tx.execute(sa.select(FirstRun.id).where(opens(token))).first() is None:
        raise WrongSetupToken()


def settle_first_run(
    tx: Tx, token: str, email: str, name: str, password_hash: str, *, now: int
) -> str:
    """Return the first admin's id. Of several who know the token one comes first, the rest never."""
    if tx.execute(sa.update(FirstRun).where(opens(token)).values(used_at=now)).rowcount == 0:
        raise WrongSetupToken()
    return add_staff(tx, email, name, Role.ADMIN, password_hash, by="first-run", now=now)
