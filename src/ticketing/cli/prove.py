"""Prove the house and print its figures."""

import argparse
import json
import sys
from contextlib import suppress

from ticketing.accounts.house import open_front
from ticketing.audit.verify import Failure, verify
from ticketing.cli.command import Commands, Wrong, command, with_desk
from ticketing.config import database_url
from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk
from ticketing.foundation.clock import SystemClock, local
from ticketing.foundation.errors import NotFound
from ticketing.foundation.front import Front
from ticketing.programme.queries import by_id, by_slug
from ticketing.reports.export import as_json, sales_sheet
from ticketing.reports.sales import sales
from ticketing.settlement.files import tables, workbook
from ticketing.settlement.sheet import draw_up


def add_to(commands: Commands) -> None:
    command(commands, "verify", verify_all, "check every invariant on the live database")
    report = command(commands, "report", report_sales, "print the sales of a performance")
    report.add_argument("what", choices=["sales"])
    report.add_argument(
        "--performance", required=True, metavar="NAME",
        help="its name in the office's address, such as tiandishu-2026-05-23-1500, or its id",
    )  # fmt: skip
    report.add_argument("--format", choices=["csv", "xlsx", "json"], default="csv")


def verify_all(_options: argparse.Namespace) -> int:
    return tell(with_desk(database_url(), lambda desk: desk.read_now(verify)))


def tell(failures: list[Failure]) -> int:
    """Print what does not hold; return the exit code."""
    for failure in failures:
        print(f"FAILED  {failure.name}: {failure.sentence} ({len(failure.rows)} rows)")
    print("Every invariant holds." if not failures else f"{len(failures)} invariants fail.")
    return 1 if failures else 0


def report_sales(options: argparse.Namespace) -> int:
    now = SystemClock().now()

    def ask(desk: Desk) -> bytes:
        desk.read_now(open_front)
        lang = Front.house["languages"][0]
        of = desk.read_now(performance_named, options.performance)
        if options.format == "xlsx":
            sheet = desk.read_now(draw_up, of, now)
            return workbook(tables(sheet, lang), sheet["currency"], local(now, sheet["zone"]))
        found = desk.read_now(sales, of, now)
        if options.format == "csv":
            return sales_sheet(found, lang).encode()
        return (json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n").encode()

    if options.format == "xlsx" and sys.stdout.isatty():
        raise Wrong("A workbook is no text: send it to a file, with > sales.xlsx.")
    sys.stdout.buffer.write(with_desk(database_url(), ask))
    return 0


def performance_named(tx: Tx, name: str) -> str:
    """Return its id; ``name``: that, or its slug. Raises Wrong."""
    for find in (by_slug, by_id):
        with suppress(NotFound):
            return str(find(tx, name).id)
    raise Wrong(
        f"there is no performance {name!r}: its name stands at the end of the address of its page in"
        " the office, /office/performances/NAME."
    )
