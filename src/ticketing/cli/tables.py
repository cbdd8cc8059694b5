"""Make the tables and fill them."""

import argparse

from ticketing.cli.command import Commands, Wrong, command, is_there, with_desk
from ticketing.cli.seeding import add_options, make_ready, show_and_seed
from ticketing.config import database_url, from_environment, is_set_up
from ticketing.demo import apart
from ticketing.demo.prepare import prepare
from ticketing.desk import schema


def add_to(commands: Commands) -> None:
    command(commands, "migrate", migrate, "bring the database's tables up to date")
    text = "load your programme from FILE (in a demo's folder, without FILE: the demo)"
    add_options(command(commands, "seed", seed, text))


def migrate(_options: argparse.Namespace) -> int:
    schema.upgrade(database_url())
    print("The tables are up to date.")
    return 0


def seed(options: argparse.Namespace) -> int:
    if options.file is None:
        demand_demo(database_url())
        prepare(from_environment(demo=True))
        print("The demo is loaded.")
    else:
        url = database_url()
        make_ready(url, dry_run=options.dry_run)
        with_desk(url, lambda desk: show_and_seed(desk, options))
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
