"""The demo and a house keep apart: nothing of the one is ever stored in the other.

A database is the demo's where one may sign in with the demo's passwords, which everybody knows.
"""

from enum import StrEnum

import sqlalchemy as sa

from ticketing.accounts.models import House, Staff
from ticketing.desk.db import Tx
from ticketing.foundation.errors import Refused

DOMAIN = "@demo.example"  # of the addresses to sign in with
BY_DEMO = Staff.email.endswith(DOMAIN)


class HouseLivesHere(Refused):
    type = "house-lives-here"
    zh = "这个数据库里是真实的票房，演示数据不能放进去。请换一个空数据库。"
    en = (
        "a real house is in this database, and the demo does not go there: set TICKETING_DATABASE_URL"
        " to an empty one. Your own programme is loaded with `ticketing seed FILE`."
    )


class DemoLivesHere(Refused):
    type = "demo-lives-here"
    zh = "这个数据库里是演示数据，谁都知道它的密码。请为真实的票房换一个空数据库。"
    en = (
        "this database is the demo's, and its passwords are known to everybody: set"
        " TICKETING_DATABASE_URL to an empty one for a real house, or use `ticketing serve --demo`."
    )


class Owner(StrEnum):
    """Whose a database is; nobody's is an empty one."""

    DEMO = "demo"
    HOUSE = "house"


def owner(tx: Tx) -> Owner | None:
    """Return whose database this is, whatever its tables' version: the demo's where its people may sign
    in, or where nobody may yet and the programme says that it is a demo."""
    if not sa.inspect(tx.connection).has_table(Staff.__tablename__):
        return None
    if demo_works_here(tx):
        return Owner.DEMO
    marked = tx.execute(sa.select(House.demo)).scalar()
    if marked == 0 or somebody(tx, ~BY_DEMO):
        return Owner.HOUSE
    return None if marked is None else Owner.DEMO


def refuse_demo(tx: Tx) -> None:
    """Raise HouseLivesHere where the demo must not be stored."""
    if owner(tx) is Owner.HOUSE:
        raise HouseLivesHere()


def refuse_house(tx: Tx) -> None:
    """Raise DemoLivesHere where no house may open."""
    if demo_works_here(tx):
        raise DemoLivesHere()


def refuse_file(tx: Tx, *, demo: bool) -> None:
    """Raise where a file is not for this database: a demo's for a house's, or the other way."""
    if demo and tx.execute(sa.select(House.demo)).scalar() == 0:
        raise HouseLivesHere()
    if not demo:
        refuse_house(tx)


def demo_works_here(tx: Tx) -> bool:
    return somebody(tx, sa.and_(BY_DEMO, Staff.left_at.is_(None)))


def somebody(tx: Tx, who: sa.ColumnElement[bool]) -> bool:
    return tx.execute(sa.select(Staff.id).where(who).limit(1)).first() is not None
