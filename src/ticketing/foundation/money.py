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


SIGNS = {"CNY": "¥"}  # as people here write it; of the others Babel knows it


@cache
def sign(currency: str) -> str:
    """Return what stands before an amount: ¥, €, and with a space CHF."""
    known = SIGNS.get(currency) or get_currency_symbol(currency, locale="en")
    return f"{known} " if known[-1].isalpha() else known


NAMES = {"CNY": ("CN¥", "RMB", "人民币", "元", "圆")}  # other ways of writing a currency
MARKS = str.maketrans({**dict.fromkeys("’ʼ′`", "'"), **dict.fromkeys("‐‒–—−", "-"), "。": "."})

WHOLE = re.compile(r"(\d+)(?:[.,](\d{1,2}))?")
GROUPED = re.compile(r"([1-9]\d{0,2}(?:([., '])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,](\d{1,2}))?")
EITHER = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")  # 1,234: grouped, or cut to 1.23?
MINUS = re.compile(r"^-|\d ?-$")
MOST_DIGITS = 7  # of whole units


def typed(text: str, field: str, currency: str) -> int:
    """Return fen of an amount as people type it: 80, 80.5, 80,50, 1.234,50, 1 234.50, ¥80, 80 元.

    BadInput for all else, and for what can be read in two ways: nothing is guessed. ``static/js/shared/money.js``
    reads what is simple the same way.
    """
    plain = bare(text, currency)
    if MINUS.search(plain):
        raise BadInput(field, "金额不能是负数。", "The amount cannot be below zero.")
    if both := EITHER.fullmatch(plain):
        whole, cut = both[1] + both[2], f"{both[1]}.{both[2][:2]}"
        raise BadInput(
            field,
            f"“{plain}”可以读成 {whole}，也可以读成 {cut}。请写成 {whole} 或 {cut}。",
            f"“{plain}” can be read as {whole} or as {cut}: please write {whole} or {cut}.",
        )
    if simple := WHOLE.fullmatch(plain):
        whole, part = simple.groups()
    elif grouped := GROUPED.fullmatch(plain):
        whole, part = re.sub(r"\D", "", grouped[1]), grouped[3]
    else:
        raise BadInput(
            field, "金额请写成 80 或 80.50 的样子。", "Please write the amount as 80 or 80.50."
        )
    if len(whole) > MOST_DIGITS:
        raise BadInput(field, "金额太大，请检查。", "This amount is too large: please check.")
    return int(whole) * 100 + int((part or "").ljust(2, "0"))


def bare(text: str, currency: str) -> str:
    """Return the amount in ASCII, without its currency and what cannot be seen; "" for signs that are no plain
    digit, such as a raised one.
    """
    if len(text) > 80 or any(each.isnumeric() and not each.isdecimal() for each in text):
        return ""
    plain = unicodedata.normalize("NFKC", text).translate(MARKS)
    seen = (" " if each.isspace() else each for each in plain if unicodedata.category(each) != "Cf")
    plain = "".join(seen).strip()
    for name in (currency, sign(currency).strip(), *NAMES.get(currency, ())):
        found = re.fullmatch(
            rf"(-?) ?{re.escape(name)} ?(.+)|(.+?) ?{re.escape(name)}", plain, re.I
        )
        if found:
            return (found[1] or "") + (found[2] or found[3])
    return plain


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
