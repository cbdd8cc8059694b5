"""Compare what the providers say with what we stored, to the fen."""

import argparse
import asyncio

from ticketing.cli.command import Commands, Wrong, command, with_desk
from ticketing.config import from_environment
from ticketing.desk.desk import Desk
from ticketing.payments.known import providers
from ticketing.payments.provider import NoAnswer, NotAccepted
from ticketing.processing.reconcile import Difference
from ticketing.processing.reconcile import reconcile as compare


def add_to(commands: Commands) -> None:
    text = "compare what the providers say with what we stored, to the fen"
    command(commands, "reconcile", reconcile, text)


def reconcile(_options: argparse.Namespace) -> int:
    settings = from_environment()
    asked = providers(settings)
    if not asked:
        raise Wrong("No provider is set up: there is nothing to reconcile.")

    async def ask(desk: Desk) -> list[Difference]:
        found = []
        for gateway, provider in asked.items():
            found += await compare(desk, gateway, provider)
            await provider.hang_up()
        return found

    try:
        found = with_desk(settings.database_url, lambda desk: asyncio.run(ask(desk)))
    except (NoAnswer, NotAccepted) as error:
        raise Wrong(f"The provider does not answer: {error!r}. Try again later.") from None
    for each in found:
        print(
            f"DIFFERENT  {each.kind} {each.charge or '(no charge)'} {each.order or '(no order)'}:"
            f" ours {each.ours}, theirs {each.theirs} {each.currency}"
        )
    print("Both sides agree." if not found else f"{len(found)} differences.")
    return 1 if found else 0
