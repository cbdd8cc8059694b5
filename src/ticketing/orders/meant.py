"""Which orders somebody means who types a name, a phone number, a mail address or an order's number."""

import re

import sqlalchemy as sa

from ticketing.foundation.codes import LOOKALIKES
from ticketing.foundation.folding import words_in
from ticketing.foundation.mail_address import same_address
from ticketing.foundation.typed_text import signs, visible
from ticketing.orders.models import Order

PHONE = re.compile(r"\+?\(?\d[\d().]{3,23}")
PHONE_TAIL = 4  # digits at least
WHOLE_PHONE = 9  # digits from which on it may be written with more before it than we keep
NUMBER = re.compile(r"#?[0-9A-Z-]{8,24}")  # with or without its prefix


def meant(words: str) -> list[sa.ColumnElement[bool]]:
    """Return what the words may mean of an order, nothing for what means none.

    A mail address and an order's number are meant whole, a phone number by its end, a name by its words in any
    order, as ``folding`` compares them.
    """
    text, plain = visible(words).strip(), signs(words)
    found: list[sa.ColumnElement[bool]] = []
    if PHONE.fullmatch(plain):
        found += phones(re.sub(r"\D", "", plain))
    if NUMBER.fullmatch(upper := plain.upper()):
        found.append(Order.number.endswith(upper[-8:].translate(LOOKALIKES)))
    if "@" in text:
        return [*found, Order.buyer_email == same_address(text)]
    if text and not plain.isdecimal():
        called = [Order.buyer_folded.contains(word) for word in words_in(text)]
        found.append(sa.and_(*called) if called else sa.false())
    return found


def phones(digits: str) -> list[sa.ColumnElement[bool]]:
    if len(digits) < PHONE_TAIL:
        return []
    ends = [Order.buyer_phone.endswith(digits)]
    if (
        len(digits) >= WHOLE_PHONE
    ):  # 0032 470…, 0470…: what is kept ends so, or it ends in what is kept
        kept = sa.and_(Order.buyer_phone != "", sa.literal(digits).endswith(Order.buyer_phone))
        ends += [Order.buyer_phone.endswith(digits.lstrip("0")), kept]
    return ends
