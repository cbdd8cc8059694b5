"""Money: whole hundredths of a currency, which we call fen, written at the edges."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TypedDict

from babel.numbers import get_currency_symbol

from ticketing.foundation.errors import BadInput


class Amount(TypedDict):
    """Money in JSON: hundredths, and an ISO 4217 code."""

    amount: int
    currency: str


TYPED = re.compile(r"[¥￥]?\s*(\d{1,7})(?:\.(\d{1,2}))?")


def typed(text: str, field: str) -> int:
    """Return fen of what somebody typed: 80, 80.5, ¥80.00; BadInput for all else."""
    found = TYPED.fullmatch(unicodedata.normalize("NFKC", text).strip().replace(",", ""))
    if found is None:
        raise BadInput(
            field, "金额请写成 80 或 80.50 的样子。", "Please write the amount as 80 or 80.50."
        )
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


SIGNS = {"CNY": "¥"}  # as people here write it; of the others Babel knows it


@cache
def sign(currency: str) -> str:
    """Return what stands before an amount: ¥, €, and with a space CHF."""
    known = SIGNS.get(currency) or get_currency_symbol(currency, locale="en")
    return f"{known} " if known[-1].isalpha() else known


def amount(fen: int, currency: str) -> Amount:
    return {"amount": fen, "currency": currency}


def exact(fen: int, currency: str) -> str:
    """Write for a receipt: ¥80.00."""
    minus = "−" if fen < 0 else ""
    return f"{minus}{sign(currency)}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def plain(fen: int) -> str:
    """Write without sign or separators, for a field or a cell: 80.00."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def tax_in(fen: int, rate: float) -> int:
    """Return how much of an amount is tax at so many percent, which is in it."""
    whole = Decimal(fen)
    net = whole * 100 / (100 + Decimal(str(rate)))
    return int((whole - net).quantize(Decimal(1), ROUND_HALF_UP))


def short(fen: int, currency: str) -> str:
    """Write for a price tag: ¥80, and ¥80.50 where there are fen."""
    text = exact(fen, currency)
    return text.removesuffix(".00")
