"""The `ticketing` command."""

import argparse
import asyncio
import getpass
import json
import logging
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import uvicorn

from ticketing.accounts.first_run import make_setup_token
from ticketing.accounts.models import Role
from ticketing.accounts.staff import add_staff, hash_password
from ticketing.accounts.tokens import create_token
from ticketing.app import create_app
from ticketing.caretaker import make_rounds
from ticketing.config import NotConfigured, Settings, from_environment, require_secret_key
from ticketing.demo.prepare import SIGN_INS, load, prepare
from ticketing.foundation import schema
from ticketing.foundation.clock import SystemClock
from ticketing.foundation.desk import Desk, open_desk
from ticketing.foundation.errors import Refused
from ticketing.foundation.fixture_file import FixtureError
from ticketing.foundation.sealing import WrongSecretKey
from ticketing.foundation.words import say
from ticketing.reports.export import as_csv, as_json
from ticketing.reports.invariants import verify
from ticketing.reports.sales import sales
from ticketing.tickets.keys import ensure_key, keyring
from ticketing.venues.plan_exchange import (
    read_ours,
    read_pretix,
    take_in,
    write_ours,
    write_pretix,
)

R = TypeVar("R")
ROLES = [str(role) for role in Role]


class Wrong(Exception):
    """A command that cannot be done; the text says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except (NotConfigured, FixtureError, Wrong) as error:
        print(f"ticketing: {error}", file=sys.stderr)
    except Refused as refused:
        print(f"ticketing: {refused.sentence('en')}", file=sys.stderr)
    return 2


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        prog="ticketing", description="The box office of a theatre festival."
    )
    commands = result.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, does: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(command=does)
        return added

    serving = command("serve", serve, "serve the pages and the API")
    serving.add_argument("--demo", action="store_true", help="load the demo's data; pay by playing")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8000)
    command("migrate", migrate, "bring the database's tables up to date")
    seeding = command("seed", seed, "load fixtures (the shipped festival when no FILE is given)")
    seeding.add_argument("file", nargs="?", type=Path, metavar="FILE")
    staff = command("staff", staff_add, "let somebody work here")
    staff.add_argument("verb", choices=["add"])
    staff.add_argument("email")
    staff.add_argument("--role", choices=ROLES, required=True)
    staff.add_argument("--name", default="")
    token = command("token", token_create, "make a bearer token for a program; it is shown once")
    token.add_argument("verb", choices=["create"])
    token.add_argument("--role", choices=ROLES, required=True)
    token.add_argument("--name", default="")
    plan = command("plan", plan_file, "take a seating plan in from a file, or write it to one")
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
    command("verify", verify_all, "check every invariant on the live database")
    command("rounds", rounds, "make the caretaker's rounds once")
    report = command("report", report_sales, "print the sales of a performance")
    report.add_argument("what", choices=["sales"])
    report.add_argument("--performance", required=True, metavar="ID")
    report.add_argument("--format", choices=["csv", "json"], default="csv")
    return result


def serve(options: argparse.Namespace) -> int:
    refuse_taken(options.host, options.port)
    settings = from_environment(demo=options.demo, host=options.host, port=options.port)
    require_secret_key(settings)
    if settings.demo:
        prepare(settings)
    elif not schema.is_current(settings.database_url):
        raise Wrong("the database's tables are not up to date: run `ticketing migrate` first.")
    with_desk(settings, lambda desk: check_keys(desk, settings))
    app = create_app(settings, demo_sign_ins=SIGN_INS if settings.demo else ())
    announce(settings)
    uvicorn.run(
        app, host=options.host, port=options.port, log_level="warning", access_log=False,
        ssl_certfile=settings.tls_cert or None, ssl_keyfile=settings.tls_key or None,
        proxy_headers=bool(settings.trusted_proxies), forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=3, server_header=False, lifespan="on",
    )  # fmt: skip
    return 0


def announce(settings: Settings) -> None:
    """Print where to go and how to sign in."""
    print(f"\nFestival  {settings.base_url}/   (English: {settings.base_url}/en)")
    print(f"Door      {settings.base_url}/door\nOffice    {settings.base_url}/office")
    for email, password, role in SIGN_INS if settings.demo else []:
        print(f"  sign in as {role:<11} {email}  {password}")
    if token := with_desk(settings, lambda desk: desk.write_now(make_setup_token)):
        print(f"First run {settings.base_url}/first-run   set-up token: {token}")
    sys.stdout.flush()


def check_keys(desk: Desk, settings: Settings) -> None:
    """Say in a sentence, before anything is served, that the secret key is another one."""
    try:
        desk.read_now(keyring, settings.secret_key)
    except WrongSecretKey as error:
        raise Wrong(f"{error}. Set the key with which this database was made.") from None


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


def staff_add(options: argparse.Namespace) -> int:
    password = (
        getpass.getpass("Password (12 characters or more): ") if sys.stdin.isatty() else input()
    )
    hashed = hash_password(password)
    with_desk(
        from_environment(),
        lambda desk: desk.write_now(
            add_staff, options.email, options.name, Role(options.role), hashed, by="command"
        ),
    )
    print(f"{options.email} may sign in as {options.role}.")
    return 0


def token_create(options: argparse.Namespace) -> int:
    named = (options.name or options.role, Role(options.role))
    print(
        with_desk(
            from_environment(), lambda desk: desk.write_now(create_token, *named, by="command")
        )
    )
    return 0


def plan_file(options: argparse.Namespace) -> int:
    if options.side and options.format == "ours":
        raise Wrong("--side goes with --format pretix: our own format says it all itself.")
    return plan_import(options) if options.verb == "import" else plan_export(options)


def plan_import(options: argparse.Namespace) -> int:
    ours = options.format == "ours"
    plan = read_ours(options.file) if ours else read_pretix(options.file, options.side)
    settings = from_environment()
    schema.upgrade(settings.database_url)
    version = with_desk(
        settings, lambda desk: desk.write_now(take_in, plan, options.hall, by="command")
    )
    print(f"Plan {plan.name}, version {version}: {len(plan.seats)} places.")
    for section in plan.sections:
        print(f"  {section.key}: {section.capacity} x {section.kind}, {say(section.name, 'en')}")
    return 0


def plan_export(options: argparse.Namespace) -> int:
    """Print the plan, or write the file whose name is the plan's; pretix's side file beside it."""
    name = options.file.name.partition(".")[0]
    target = options.file if options.file.suffix else None
    settings = from_environment()
    if options.format == "ours":
        put(target, with_desk(settings, lambda desk: desk.read_now(write_ours, name)))
        return 0
    plan, said = with_desk(settings, lambda desk: desk.read_now(write_pretix, name))
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


def verify_all(_options: argparse.Namespace) -> int:
    failures = with_desk(from_environment(), lambda desk: desk.read_now(verify))
    for failure in failures:
        print(f"FAILED  {failure.name}: {failure.sentence} ({len(failure.rows)} rows)")
    print("Every invariant holds." if not failures else f"{len(failures)} invariants fail.")
    return 1 if failures else 0


def rounds(_options: argparse.Namespace) -> int:
    settings = from_environment()

    def make(desk: Desk) -> None:
        desk.write_now(ensure_key, settings.secret_key)
        keys = desk.read_now(keyring, settings.secret_key)
        asyncio.run(make_rounds(desk, settings, keys))

    with_desk(settings, make)
    return 0


def report_sales(options: argparse.Namespace) -> int:
    now = SystemClock().now()
    found = with_desk(
        from_environment(), lambda desk: desk.read_now(sales, options.performance, now)
    )
    print(
        as_csv(found, "zh")
        if options.format == "csv"
        else json.dumps(as_json(found), ensure_ascii=False)
    )
    return 0


def with_desk(settings: Settings, use: Callable[[Desk], R]) -> R:
    desk = open_desk(settings.database_url)
    try:
        return use(desk)
    finally:
        desk.close()


def refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Wrong(f"{host}:{port} cannot be used ({error.strerror}): try --port.") from None
