"""Who may work here: let somebody in, see who is, let somebody go, give a new password."""

import argparse
import getpass
import sys

from ticketing.accounts.models import Role
from ticketing.accounts.queries import staff
from ticketing.accounts.staff import add_staff, hash_password, reset_password
from ticketing.admission.devices.leave import leave
from ticketing.cli.command import Commands, Wrong, command, day_of, group, with_desk
from ticketing.config import database_url
from ticketing.foundation.mail_address import mail_address

ASKED = (
    "The password is asked for at a terminal; without one it is the first line of standard input."
)


def add_to(commands: Commands) -> None:
    verbs = group(commands, "staff", "who may sign in")
    add = command(verbs, "add", staff_add, f"let somebody work here. {ASKED}")
    add.add_argument("--role", choices=[str(role) for role in Role], required=True)
    add.add_argument("--name", default="")
    command(verbs, "list", staff_list, "print who works or worked here: address, role, name, since")
    text = "let somebody work here no more: sessions, phones and their tokens end at once"
    gone = command(verbs, "leave", staff_leave, text)
    text = f"give somebody a new password, and end all sessions of the old one. {ASKED}"
    reset = command(verbs, "reset", staff_reset, text)
    for each in (add, gone, reset):
        each.add_argument("email", metavar="EMAIL")


def staff_add(options: argparse.Namespace) -> int:
    mail_address(
        options.email, local=True
    )  # what is no address is heard of before a password is asked for
    hashed = hash_password(password())
    with_desk(
        database_url(),
        lambda desk: desk.write_now(
            add_staff, options.email, options.name, Role(options.role), hashed, by="command"
        ),
    )
    print(f"{options.email} may sign in as {options.role}.")
    return 0


def staff_list(_options: argparse.Namespace) -> int:
    for each in with_desk(database_url(), lambda desk: desk.read_now(staff)):
        state = f"left {day_of(each.left_at)}" if each.left_at else "works here"
        since = day_of(each.created_at)
        print(f"{each.email}  {each.role}  {each.name}  since {since}  {state}")
    return 0


def staff_leave(options: argparse.Namespace) -> int:
    phones = with_desk(
        database_url(), lambda desk: desk.write_now(leave, options.email, by="command")
    )
    print(f"{options.email} works here no more: every session is over.")
    for name in phones:
        print(f"The phone “{name}” is shut out: pair it anew if it stays at the door.")
    return 0


def staff_reset(options: argparse.Namespace) -> int:
    hashed = hash_password(password())
    with_desk(
        database_url(),
        lambda desk: desk.write_now(reset_password, options.email, hashed, by="command"),
    )
    print(f"{options.email} signs in with the new password; every session is over.")
    return 0


def password() -> str:
    """Ask for it twice at a terminal, where nobody sees it; read a line where there is none."""
    try:
        if sys.stdin is None or not sys.stdin.isatty():
            return input() if sys.stdin else no_password()
        first = getpass.getpass("Password (12 characters or more): ")
        if first != getpass.getpass("Once more: "):
            raise Wrong("these were two different passwords: nothing has changed.")
    except EOFError:
        return no_password()
    return first


def no_password() -> str:
    raise Wrong(
        "no password was given: run this at a terminal, or give the password as the first line of"
        " standard input."
    )
