"""Prove the house and print its figures."""

import argparse
import json

from ticketing.cli.command import Commands, command, with_desk
from ticketing.config import from_environment
from ticketing.foundation.clock import SystemClock
from ticketing.reports.export import as_json, sales_sheet
from ticketing.reports.invariants import Failure, verify
from ticketing.reports.sales import sales


def add_to(commands: Commands) -> None:
    command(commands, "verify", verify_all, "check every invariant on the live database")
    report = command(commands, "report", report_sales, "print the sales of a performance")
    report.add_argument("what", choices=["sales"])
    report.add_argument("--performance", required=True, metavar="ID")
    report.add_argument("--format", choices=["csv", "json"], default="csv")


def verify_all(_options: argparse.Namespace) -> int:
    return tell(with_desk(from_environment(), lambda desk: desk.read_now(verify)))


def tell(failures: list[Failure]) -> int:
    """Print what does not hold; return the exit code."""
    for failure in failures:
        print(f"FAILED  {failure.name}: {failure.sentence} ({len(failure.rows)} rows)")
    print("Every invariant holds." if not failures else f"{len(failures)} invariants fail.")
    return 1 if failures else 0


def report_sales(options: argparse.Namespace) -> int:
    now = SystemClock().now()
    found = with_desk(
        from_environment(), lambda desk: desk.read_now(sales, options.performance, now)
    )
    print(
        sales_sheet(found, "zh")
        if options.format == "csv"
        else json.dumps(as_json(found), ensure_ascii=False)
    )
    return 0
