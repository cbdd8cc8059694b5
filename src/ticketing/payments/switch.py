"""Switch a gateway off, at once: no new payment begins with it. What is under way goes on."""

import sqlalchemy as sa

from ticketing.desk.db import INSERT, Statement, Tx
from ticketing.desk.diary import note
from ticketing.foundation.errors import Refused
from ticketing.payments.gateway import Gateway
from ticketing.payments.models import GatewaySwitch


class SwitchedOff(Refused):
    type = "gateway-switched-off"
    zh = "这种付款方式暂时关闭，请换一种，或稍后再来。没有扣款。"
    en = "This way to pay is closed for now: please choose another. Nothing was charged."


OFF = Statement(
    sa.select(GatewaySwitch.gateway).where(
        GatewaySwitch.gateway == sa.bindparam("gateway"), GatewaySwitch.off_at.is_not(None)
    )
)


def switch(tx: Tx, gateway: Gateway, *, on: bool, by: str, now: int) -> None:
    off_at = None if on else now
    insert = INSERT[tx.dialect](GatewaySwitch).values(gateway=gateway.key, off_at=off_at)
    tx.execute(
        insert.on_conflict_do_update(
            index_elements=[GatewaySwitch.gateway], set_={"off_at": insert.excluded.off_at}
        )
    )
    note(tx, f"gateway.{'on' if on else 'off'}", gateway.key, by=by, now=now)


def require_on(tx: Tx, gateway: Gateway) -> None:
    if tx.first(OFF, gateway=gateway.key):
        raise SwitchedOff()


def switched_off(tx: Tx) -> set[str]:
    query = sa.select(GatewaySwitch.gateway).where(GatewaySwitch.off_at.is_not(None))
    return set(tx.execute(query).scalars())
