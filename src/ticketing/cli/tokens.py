"""Let programs in and shut them out, and make the next key that signs tickets."""

import argparse

from ticketing.accounts.models import Role
from ticketing.accounts.queries import tokens
from ticketing.accounts.tokens import create_token
from ticketing.admission.devices.device import shut_out
from ticketing.cli.command import Commands, Wrong, command, day_of, group, with_desk
from ticketing.config import database_url, from_environment, require_secret_key
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.errors import NotFound
from ticketing.tickets.keys import HEARD, rotate_key

ROLES = [str(role) for role in Role]


def add_to(commands: Commands) -> None:
    token = group(commands, "token", "bearer tokens, by which programs sign in")
    text = "make a token for a program; it is shown once"
    made = command(token, "create", token_create, text)
    made.add_argument("--role", choices=ROLES, required=True)
    made.add_argument("--name", default="", help="what it is for")
    command(token, "list", token_list, "print the tokens there are: id, role, name, since when")
    shut = command(
        token, "revoke", token_revoke, "shut a token for good, and the phone that has it"
    )
    shut.add_argument("id", metavar="ID", help="as `ticketing token list` prints it")
    key = group(commands, "key", "the keys that sign tickets")
    text = "make the key that signs tickets from now on; those that are sold stay good"
    command(key, "rotate", key_rotate, text)


def token_create(options: argparse.Namespace) -> int:
    named = (options.name or options.role, Role(options.role))
    print(
        with_desk(database_url(), lambda desk: desk.write_now(create_token, *named, by="command"))
    )
    return 0


def token_list(_options: argparse.Namespace) -> int:
    for token in with_desk(database_url(), lambda desk: desk.read_now(tokens)):
        state = f"revoked {day_of(token.revoked_at)}" if token.revoked_at else "works"
        print(f"{token.id}  {token.role:<10}  {day_of(token.created_at)}  {state}  {token.name}")
    return 0


def token_revoke(options: argparse.Namespace) -> int:
    try:
        with_desk(database_url(), lambda desk: desk.write_now(shut_out, options.id, by="command"))
    except NotFound:
        raise Wrong(
            f"no token has the id {options.id}: see `ticketing token list`; the token itself is no id."
        ) from None
    print("The token is shut.")
    return 0


def key_rotate(_options: argparse.Namespace) -> int:
    settings = from_environment()
    require_secret_key(settings)
    number = with_desk(
        settings.database_url,
        lambda desk: desk.write_now(rotate_key, settings.secret_key, by="command"),
    )
    print(f"Key {number} signs tickets in {HEARD // MINUTE} minutes; until then phones hear of it.")
    return 0
