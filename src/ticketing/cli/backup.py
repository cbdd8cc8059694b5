"""Keep a copy of the house, and put it back."""

import argparse
from pathlib import Path

from ticketing.audit.verify import verify
from ticketing.cli.command import Commands, Wrong, command
from ticketing.cli.prove import tell
from ticketing.config import database_url
from ticketing.desk.backup import back_up
from ticketing.desk.restore import restore


def add_to(commands: Commands) -> None:
    text = "write a copy of the database, taken while it sells, to FILE and verify the copy"
    command(commands, "backup", write_backup, text).add_argument("file", type=Path, metavar="FILE")
    text = "fill the database from a backup, SQLite or PostgreSQL alike, and verify it"
    putting = command(commands, "restore", put_back, text)
    putting.add_argument("file", type=Path, metavar="FILE")
    text = "drop every table that is in the database now"
    putting.add_argument("--replace", action="store_true", help=text)


def write_backup(options: argparse.Namespace) -> int:
    if not (folder := options.file.parent).is_dir():
        raise Wrong(f"{options.file} cannot be written: {folder} is no folder.")
    failures = back_up(database_url(), options.file, verify)
    print(f"{options.file} is a whole copy ({options.file.stat().st_size // 1024} kB).")
    return tell(failures)


def put_back(options: argparse.Namespace) -> int:
    url = database_url()
    failures = restore(url, options.file, verify, replace=options.replace)
    print(f"The database is what {options.file} says.")
    return tell(failures)
