"""The figures of a performance for other programs: JSON, and CSV that a spreadsheet opens."""

from collections.abc import Iterable
from typing import TypedDict

from ticketing.foundation.clock import iso
from ticketing.foundation.money import Amount, amount, plain
from ticketing.foundation.sheet import as_csv
from ticketing.foundation.words import choose, say, title
from ticketing.reports.counts import Part
from ticketing.reports.figures import Sales

CHANNELS = {
    "online": {"zh": "网上", "en": "Online"},
    "box_office": {"zh": "柜台", "en": "Box office"},
    "agency": {"zh": "代理", "en": "Agency"},
}


class PartAnswer(TypedDict):
    """Live tickets of one section, ticket type and channel: face = discount + funded + paid."""

    section: str
    ticket_type: str
    channel: str
    tickets: int
    face: Amount
    discount: Amount
    funded: Amount
    paid: Amount


class SalesAnswer(TypedDict):
    """``gross`` is the face value of the live tickets, ``net`` what buyers paid and we keep: also
    ``fees``, which stayed of returned tickets, less what was lost.

    gross = discounts + funded + net - fees; ``refunds`` came in and went back. ``refunded`` counts tickets,
    ``available`` is neither sold nor kept by the house: a running hold takes nothing off, so that the figure
    of a past moment never changes. ``no_shows`` is null before the end.
    """

    performance: str
    as_of: str
    capacity: int
    allocated: int
    sold: int
    available: int
    comps: int
    refunded: int
    gross: Amount
    discounts: Amount
    funded: Amount
    refunds: Amount
    fees: Amount
    net: Amount
    admitted: int
    no_shows: int | None
    table: list[PartAnswer]


def as_json(report: Sales) -> SalesAnswer:
    coin = report.currency
    return {
        "performance": report.performance.id,
        "as_of": iso(report.as_of, report.performance.zone),
        "capacity": report.capacity,
        "allocated": report.allocated,
        "sold": report.sold,
        "available": report.unsold,
        "comps": report.comps,
        "refunded": report.refunded,
        "gross": amount(report.gross, coin),
        "discounts": amount(report.discounts, coin),
        "funded": amount(report.money.funded, coin),
        "refunds": amount(report.money.refunds, coin),
        "fees": amount(report.money.fees, coin),
        "net": amount(report.money.net, coin),
        "admitted": report.admitted,
        "no_shows": report.no_shows,
        "table": [_part(part, coin) for part in report.table],
    }


def _part(part: Part, coin: str) -> PartAnswer:
    return {
        "section": part.section,
        "ticket_type": part.ticket_type,
        "channel": part.channel,
        "tickets": part.tickets,
        "face": amount(part.face, coin),
        "discount": amount(part.discount, coin),
        "funded": amount(part.funded, coin),
        "paid": amount(part.paid, coin),
    }


def sales_sheet(report: Sales, lang: str) -> str:
    """Return the table and its total, one row for each kind of ticket; money in whole units."""
    return as_csv(_rows(report, lang))


def _rows(report: Sales, lang: str) -> Iterable[list[str | int]]:
    yield choose(
        lang,
        ["剧目", "开演", "区域", "票种", "渠道", "张数", "票面", "优惠", "补贴", "实收", "币种"],
        [
            "Production", "Starts", "Section", "Ticket type", "Channel", "Tickets", "Face",
            "Discount", "Funded", "Paid", "Currency",
        ],
    )  # fmt: skip
    show = report.performance
    night = [title(show.title, lang), iso(show.starts_at, show.zone)]
    for tier in report.tiers:
        for part in tier.parts:
            kind = say(report.types.get(part.ticket_type, {"zh": part.ticket_type}), lang)
            channel = say(CHANNELS[part.channel], lang)
            yield [*night, say(tier.name, lang), kind, channel, *_sums([part]), report.currency]
    total = choose(lang, "合计", "Total")
    yield [*night, total, "", "", *_sums(report.table), report.currency]


def _sums(parts: list[Part]) -> list[str | int]:
    money = [
        sum(getattr(part, n) for part in parts) for n in ("face", "discount", "funded", "paid")
    ]
    return [sum(part.tickets for part in parts), *map(plain, money)]
