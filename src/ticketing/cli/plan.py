"""Take a seating plan in from a file, or write it to one."""

import argparse
from pathlib import Path

from ticketing.cli.command import Commands, Wrong, command, with_desk
from ticketing.config import database_url
from ticketing.desk import schema
from ticketing.foundation.words import say
from ticketing.seating.exchange import (
    read_ours,
    read_pretix,
    take_in,
    write_ours,
    write_pretix,
)


def add_to(commands: Commands) -> None:
    text = "take a seating plan in from a file, or write it to one"
    plan = command(commands, "plan", plan_file, text)
    plan.add_argument("verb", choices=["import", "export"])
    plan.add_argument(
        "file", metavar="FILE", type=Path,
        help="import: the file; export: the plan's name, or a file such as NAME.yaml to write it to",
    )  # fmt: skip
    plan.add_argument("--format", choices=["ours", "pretix"], default="ours")
    plan.add_argument(
        "--side", type=Path, metavar="FILE", help="pretix: what its format cannot say"
    )
    plan.add_argument("--hall", default="", metavar="SLUG", help="import: the hall that is drawn")


def plan_file(options: argparse.Namespace) -> int:
    if options.side and options.format == "ours":
        raise Wrong("--side goes with --format pretix: our own format says it all itself.")
    return plan_import(options) if options.verb == "import" else plan_export(options)


def plan_import(options: argparse.Namespace) -> int:
    ours = options.format == "ours"
    plan = read_ours(options.file) if ours else read_pretix(options.file, options.side)
    url = database_url()
    schema.upgrade(url)
    version = with_desk(url, lambda desk: desk.write_now(take_in, plan, options.hall, by="command"))
    print(f"Plan {plan.name}, version {version}: {len(plan.seats)} places.")
    for section in plan.sections:
        print(f"  {section.key}: {section.capacity} x {section.kind}, {say(section.name, 'en')}")
    return 0


def plan_export(options: argparse.Namespace) -> int:
    """Print the plan, or write the file whose name is the plan's; pretix's side file beside it."""
    name = options.file.name.partition(".")[0]
    target = options.file if options.file.suffix else None
    url = database_url()
    if options.format == "ours":
        put(target, with_desk(url, lambda desk: desk.read_now(write_ours, name)))
        return 0
    plan, said = with_desk(url, lambda desk: desk.read_now(write_pretix, name))
    put(target, plan)
    if side := options.side or (target and target.with_name(f"{name}.side.json")):
        put(side, said)
    return 0


def put(path: Path | None, text: str) -> None:
    """Write a file, or print."""
    if path is None:
        print(text, end="")
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Wrong(f"{path} cannot be written ({error.strerror}).") from None
    print(f"wrote {path}")
