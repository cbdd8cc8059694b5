"""Make the tables and fill them."""

import argparse
from pathlib import Path

from ticketing.cli.command import Commands, command, with_desk
from ticketing.config import from_environment
from ticketing.demo.prepare import load, prepare
from ticketing.foundation import schema


def add_to(commands: Commands) -> None:
    command(commands, "migrate", migrate, "bring the database's tables up to date")
    text = "load fixtures (the shipped festival when no FILE is given)"
    command(commands, "seed", seed, text).add_argument("file", nargs="?", type=Path, metavar="FILE")


def migrate(_options: argparse.Namespace) -> int:
    schema.upgrade(from_environment().database_url)
    print("The tables are up to date.")
    return 0


def seed(options: argparse.Namespace) -> int:
    settings = from_environment(demo=options.file is None)
    if options.file is None:
        prepare(settings)
    else:
        schema.upgrade(settings.database_url)
        with_desk(settings, lambda desk: load(desk, options.file))
    print("The fixtures are loaded.")
    return 0
