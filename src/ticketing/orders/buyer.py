"""Who buys: checked before anything is done."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from ticketing.foundation.errors import BadInput
from ticketing.foundation.front import Front
from ticketing.foundation.mail_address import mail_address
from ticketing.foundation.typed_text import one_line, visible
from ticketing.orders.create import Buyer
from ticketing.orders.phone import phone_number

MOST = {"name": 80, "phone": 40, "email": 200}  # cut before Unicode is normalised: that is slow


def buyer(data: Mapping[str, str | None]) -> Buyer:
    """Check who buys: a phone number or a mail address is enough.

    Both are stored in one way of writing, by which a buyer is known again.
    """
    for field, most in MOST.items():
        if len(data.get(field) or "") > most:
            raise BadInput(field, "太长了，请检查。", "This is too long: please check.")
    name = one_line(data.get("name") or "", "name", MOST["name"])
    phone = phone_number(data.get("phone") or "", Front.house["phone_country"])
    typed = visible(data.get("email") or "").strip()
    email = mail_address(typed) if typed else ""
    if not phone and not email:
        raise BadInput(
            "contact",
            "请留手机号或邮箱，票会送到那里。",
            "Please give a phone number or a mail address.",
        )
    return Buyer(name, phone, email)


def masked(order: sa.Row[Any]) -> str:
    """Return what its buyer recognises and nobody else learns: c***@example.com, 138****1234."""
    if order.buyer_email:
        name, _, host = order.buyer_email.partition("@")
        return f"{name[:1]}***@{host}"
    return f"{order.buyer_phone[:3]}****{order.buyer_phone[-4:]}" if order.buyer_phone else ""
