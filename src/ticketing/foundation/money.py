"""Money: whole fen, written at the edges."""

from typing import TypedDict


class Amount(TypedDict):
    """Money in JSON: fen, and an ISO 4217 code."""

    amount: int
    currency: str


SIGNS = {"CNY": "¥", "EUR": "€", "USD": "$", "GBP": "£"}


def amount(fen: int, currency: str = "CNY") -> Amount:
    return {"amount": fen, "currency": currency}


def exact(fen: int, currency: str = "CNY") -> str:
    """Write for a receipt: ¥80.00."""
    sign = "−" if fen < 0 else ""
    return f"{sign}{SIGNS.get(currency, currency + ' ')}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def short(fen: int, currency: str = "CNY") -> str:
    """Write for a price tag: ¥80, and ¥80.50 where there are fen."""
    text = exact(fen, currency)
    return text.removesuffix(".00")
