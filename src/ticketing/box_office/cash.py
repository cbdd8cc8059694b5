"""What was taken at the desk, by whom and how: cash that was given, and what is handed back of it."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.errors import Refused
from ticketing.foundation.money import exact, typed
from ticketing.orders.create import CreatedOrder
from ticketing.payments.gateway import Gateway


class NotEnough(Refused):
    status = 422
    type = "not-enough"
    zh = "给的钱不够，还差 {lack}。"
    en = "That is not enough: {lack} is missing."


def note_taken(
    tx: Tx,
    order: CreatedOrder | sa.Row[Any],
    gateway: Gateway,
    given: int | None,
    *,
    by: str,
    now: int,
) -> None:
    """``given``: the cash, in fen, where it was typed. NotEnough."""
    if given is not None and given < order.total:
        raise NotEnough(lack=exact(order.total - given, order.currency))
    what = {"way": gateway.key, "amount": order.total, "given": given}
    note(tx, "payment.taken", order.id, by=by, now=now, **what)


def given_in(form: Mapping[str, Any], currency: str) -> int | None:
    """Return the cash that was given, in fen; None where nobody typed it."""
    text = str(form.get("given", "")).strip()
    return typed(text, "given", currency) if text else None
