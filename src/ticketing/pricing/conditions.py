"""Who may buy which ticket type: how many in one order, and when it is sold."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from ticketing.foundation.errors import Refused


class TooFewOfAType(Refused):
    status = 422
    type = "too-few-of-a-type"
    zh = "“{zh_name}”要一起买，至少 {least} 张。"
    en = "“{en_name}” is for at least {least} tickets together."


class TooManyOfAType(Refused):
    status = 422
    type = "too-many-of-a-type"
    zh = "“{zh_name}”一单最多 {most} 张。"
    en = "“{en_name}”: at most {most} in one order."


class TypeNotSold(Refused):
    type = "ticket-type-not-sold"
    zh = "“{zh_name}”现在不卖，请选别的票种。"
    en = "“{en_name}” is not for sale now: please choose another ticket type."


def on_sale(kind: Any, now: int) -> bool:
    """``kind``: a row with the fields of Kind."""
    begun = kind.sold_from is None or kind.sold_from <= now
    return begun and (kind.sold_until is None or now < kind.sold_until)


def check_types(kinds: list[sa.Row[Any]], counts: Mapping[str, int], now: int) -> None:
    """``counts``: tickets of one order by type."""
    for kind in kinds:
        count = counts.get(kind.key, 0)
        if not count:
            continue
        named = {"zh_name": kind.name["zh"], "en_name": kind.name.get("en", kind.name["zh"])}
        if not on_sale(kind, now):
            raise TypeNotSold(**named)
        if kind.least is not None and count < kind.least:
            raise TooFewOfAType(**named, least=kind.least)
        if kind.most is not None and count > kind.most:
            raise TooManyOfAType(**named, most=kind.most)
