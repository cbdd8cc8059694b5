"""Load a festival's file: show what it would change, ask, and store it."""

import argparse
import sys
from pathlib import Path

from ticketing.cli.command import Wrong
from ticketing.demo import apart
from ticketing.desk import schema
from ticketing.desk.desk import Desk
from ticketing.foundation.clock import SystemClock
from ticketing.world.compare import SeedPlan
from ticketing.world.load import World, load_world
from ticketing.world.seed import plan, seed
from ticketing.world.told import told


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what it would change, and change nothing"
    )
    parser.add_argument("--yes", action="store_true", help="change it without asking")
    parser.add_argument(
        "--moved", action="append", default=[], metavar="SLUG",
        help="this performance may move although people hold tickets for it",
    )  # fmt: skip


def make_ready(url: str, *, dry_run: bool) -> None:
    """Bring the tables up to date; where nothing may change raise Unable unless they are."""
    if dry_run:
        schema.require_current(url)
    else:
        schema.upgrade(url)


def show_and_seed(desk: Desk, options: argparse.Namespace) -> None:
    """Say what the file would change, ask where it has to be asked, and store it; raises Wrong."""
    world = load_world(options.file)
    desk.read_now(apart.refuse_file, demo=world.file.house.demo)
    planned = desk.read_now(plan, world, options.moved, now=(desk.clock or SystemClock()).now())
    if strange := set(options.moved) - {step.entry.key for step in planned.steps}:
        raise Wrong(f"--moved: the file has no performance {', '.join(sorted(strange))}.")
    show(planned, world)
    if not (planned.additions or planned.changes):
        print("There is nothing to change.")
    elif not options.dry_run:
        agree(planned, yes=options.yes)
    if options.dry_run:
        print("Nothing was changed.")
        return
    seed(desk, world, options.moved)  # also where nothing changes: what it said is written down
    print("The file is loaded.")


def show(planned: SeedPlan, world: World) -> None:
    for line in told(planned, world.file.house.zone):
        print(line)


def agree(planned: SeedPlan, *, yes: bool) -> None:
    """Raise Wrong where nobody says yes. A first load asks nobody, and what only adds needs a yes only
    from who sits at a terminal."""
    if yes or planned.first:
        return
    if sys.stdin is not None and sys.stdin.isatty():
        if input("Change this? [y/N] ").strip().lower() not in {"y", "yes"}:
            raise Wrong("nothing was changed.")
    elif planned.changes:
        raise Wrong(
            "this changes what is in the house already, and nobody can be asked here: look at it with"
            " --dry-run, then say --yes. Nothing was changed."
        )
