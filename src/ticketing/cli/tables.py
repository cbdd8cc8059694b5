"""Make the tables and fill them."""

import argparse
from pathlib import Path

from ticketing.cli.command import Commands, Wrong, command, is_there, with_desk
from ticketing.config import database_url, from_environment, is_set_up
from ticketing.demo import apart
from ticketing.demo.prepare import load, prepare
from ticketing.foundation import schema


def add_to(commands: Commands) -> None:
    command(commands, "migrate", migrate, "bring the database's tables up to date")
    text = "load your programme from FILE (in a demo's folder, without FILE: the demo)"
    command(commands, "seed", seed, text).add_argument("file", nargs="?", type=Path, metavar="FILE")


def migrate(_options: argparse.Namespace) -> int:
    schema.upgrade(database_url())
    print("The tables are up to date.")
    return 0


def seed(options: argparse.Namespace) -> int:
    if options.file is None:
        demand_demo(database_url())
        prepare(from_environment(demo=True))
    else:
        url = database_url()
        schema.upgrade(url)
        with_desk(url, lambda desk: load(desk, options.file))
    print("The fixtures are loaded.")
    return 0


def demand_demo(url: str) -> None:
    """Raise Wrong where a file was forgotten: in a house, and where one is being set up."""
    known = with_desk(url, lambda desk: desk.read_now(apart.owner)) if is_there(url) else None
    if known is apart.Owner.DEMO or (not known and not is_set_up()):
        return
    raise Wrong(
        "which file? `ticketing seed FILE` loads your programme. Without FILE it is the demo's, which"
        " is not for this database: `ticketing serve --demo` in an empty folder shows it."
    )
