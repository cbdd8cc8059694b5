"""Let people and programs work here."""

import argparse
import getpass
import sys

from ticketing.accounts.models import Role
from ticketing.accounts.staff import add_staff, hash_password
from ticketing.accounts.tokens import create_token
from ticketing.cli.command import Commands, command, with_desk
from ticketing.config import from_environment
from ticketing.foundation.clock import MINUTE
from ticketing.tickets.keys import HEARD, rotate_key

ROLES = [str(role) for role in Role]


def add_to(commands: Commands) -> None:
    staff = command(commands, "staff", staff_add, "let somebody work here")
    staff.add_argument("verb", choices=["add"])
    staff.add_argument("email")
    text = "make a bearer token for a program; it is shown once"
    token = command(commands, "token", token_create, text)
    token.add_argument("verb", choices=["create"])
    text = "make the key that signs tickets from now on; those that are sold stay good"
    key = command(commands, "key", key_rotate, text)
    key.add_argument("verb", choices=["rotate"])
    for each in (staff, token):
        each.add_argument("--role", choices=ROLES, required=True)
        each.add_argument("--name", default="")


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


def key_rotate(options: argparse.Namespace) -> int:
    settings = from_environment()
    number = with_desk(
        settings, lambda desk: desk.write_now(rotate_key, settings.secret_key, by="command")
    )
    print(f"Key {number} signs tickets in {HEARD // MINUTE} minutes; until then phones hear of it.")
    return 0


def token_create(options: argparse.Namespace) -> int:
    named = (options.name or options.role, Role(options.role))
    print(
        with_desk(
            from_environment(), lambda desk: desk.write_now(create_token, *named, by="command")
        )
    )
    return 0
