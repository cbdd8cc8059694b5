"""A settlement, and what funders owe, as files: rows for CSV, and a workbook whose numbers are numbers."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

from ticketing.foundation.clock import iso
from ticketing.foundation.money import plain
from ticketing.foundation.sheet import as_csv
from ticketing.foundation.words import choose, say, title
from ticketing.inventory.models import KEPT_FOR
from ticketing.reports.export import CHANNELS
from ticketing.settlement.claims import Claims
from ticketing.settlement.wording import ACCOUNTS, PARTS


class Money(NamedTuple):
    fen: int


class Share(NamedTuple):
    thousandths: int


Cell = str | int | Money | Share
Table = tuple[
    str, list[Sequence[Cell]]
]  # the sheet's name and its rows, the first of which is its head


def tables(sheet: Any, lang: str) -> list[Table]:
    return [
        (choose(lang, "结算", "Settlement"), list(summary(sheet, lang))),
        (choose(lang, "明细", "Tickets"), list(detail(sheet, lang))),
    ]


def summary(sheet: Any, lang: str) -> Iterable[Sequence[Cell]]:
    yield [choose(lang, "项目", "Item"), choose(lang, "数", "Figure")]
    yield [choose(lang, "剧目", "Production"), title(sheet["title"], lang)]
    yield [choose(lang, "开演", "Starts"), iso(sheet["starts_at"], sheet["zone"])]
    yield [choose(lang, "场馆", "Venue"), say(sheet["venue"], lang)]
    yield [choose(lang, "截至", "As of"), iso(sheet["as_of"], sheet["zone"])]
    yield [choose(lang, "币种", "Currency"), sheet["currency"]]
    for words, saids in PARTS:
        yield [say(words, lang), ""]
        for said in saids:
            yield [say(said.words, lang), cell(sheet["figures"][said.key], said.kind)]
        if saids[0].key == "capacity":
            for kind, count in sheet["kept_for"].items():
                yield [choose(lang, "留给：", "Kept: ") + say(KEPT_FOR[kind], lang), count]
    for purse in sheet["purses"]:
        name = say(ACCOUNTS[purse["account"]], lang)
        yield [name + choose(lang, "：收", ": came"), Money(purse["came"])]
        yield [name + choose(lang, "：退", ": went back"), Money(purse["went"])]
    for each in sheet["subsidies"]:
        name = f"{say(each['funder'], lang)} · {say(each['programme'], lang)}"
        yield [name, Money(each["amount"])]


def detail(sheet: Any, lang: str) -> Iterable[Sequence[Cell]]:
    yield choose(
        lang,
        ["区域", "票种", "渠道", "张数", "票面", "优惠", "补贴", "实付"],
        ["Section", "Ticket type", "Channel", "Tickets", "Face", "Discount", "Funded", "Paid"],
    )
    for line in sheet["lines"]:
        yield [
            say(line["section"], lang), say(line["ticket_type"], lang),
            say(CHANNELS[line["channel"]], lang), line["tickets"],
            *(Money(line[name]) for name in ("face", "discount", "funded", "paid")),
        ]  # fmt: skip


def claim_table(found: Claims, currency: str, lang: str) -> Table:
    head = choose(
        lang,
        ["资助方", "项目", "剧目", "开演", "票种", "张数", "票面", "实付", "补贴", "币种", "已演", "已签结算"],
        [
            "Funder", "Programme", "Production", "Starts", "Ticket type", "Tickets", "Face", "Paid",
            "Funded", "Currency", "Played", "Settlement signed",
        ],
    )  # fmt: skip
    yes, no = choose(lang, "是", "yes"), choose(lang, "否", "no")
    rows: list[Sequence[Cell]] = [head]
    for claim in found.funders:
        for line in claim.lines:
            rows.append([
                say(claim.funder.name, lang), say(claim.funder.programme, lang),
                title(line.title, lang), iso(line.starts_at, line.zone),
                say(line.ticket_type, lang), line.tickets, Money(line.face), Money(line.paid),
                Money(line.funded), currency, yes if line.over else no, yes if line.signed else no,
            ])  # fmt: skip
    return choose(lang, "资助", "Claims"), rows


def cell(figure: int, kind: str) -> Cell:
    if kind == "money":
        return Money(figure)
    return Share(figure) if kind == "share" else figure


def csv_of(found: Iterable[Table]) -> str:
    """Return the tables one below the other; money in whole units, shares in percent."""
    rows: list[list[str | int]] = []
    for _, table in found:
        rows += [[said(each) for each in row] for row in table] + [[]]
    return as_csv(rows[:-1])


def said(each: Cell) -> str | int:
    if isinstance(each, Money):
        return plain(each.fen)
    return f"{each.thousandths / 10:.1f}%" if isinstance(each, Share) else each


def workbook(found: Iterable[Table], currency: str, made: datetime) -> bytes:
    """Text stays text, whatever it begins with: nothing in it is a formula."""
    import xlsxwriter  # here: who asks for no workbook need not wait for it

    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": made.replace(tzinfo=None)})
        bold = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": f'#,##0.00 "{currency}"'})
        share = book.add_format({"num_format": "0.0%"})
        for name, rows in found:
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            page.set_column(0, 0, 34)
            page.set_column(1, 10, 18)
            for y, row in enumerate(rows):
                for x, each in enumerate(row):
                    if isinstance(each, Money):
                        page.write_number(y, x, each.fen / 100, money)
                    elif isinstance(each, Share):
                        page.write_number(y, x, each.thousandths / 1000, share)
                    elif isinstance(each, int):
                        page.write_number(y, x, each)
                    else:
                        page.write_string(y, x, each, bold if y == 0 else None)
    return memory.getvalue()
