"""A way to pay: what it is called, where its money lies, and whether it is on somebody else's page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from ticketing.config import Settings
from ticketing.foundation.words import Words
from ticketing.ledger.models import Account
from ticketing.payments.provider import Provider


class Offer(NamedTuple):
    """What a buyer reads: how one pays, and what happens then."""

    title: Words
    note: Words
    elsewhere: Words | None = None  # the title where the house is not paid in yuan

    def called(self, currency: str) -> Words:
        return self.title if currency == "CNY" else self.elsewhere or self.title


@dataclass(frozen=True, slots=True, eq=False)
class Gateway:
    """A way to pay: ``provider`` where that is on a page that is not ours, which takes the money and
    gives it back. It returns None where its keys are not set. ``signature``: the header of its events;
    ``offer``: None for what no buyer chooses.
    """

    key: str
    name: Words
    account: (
        Account | None
    )  # where its money lies until it is at our bank; None where there is none
    provider: Callable[[Settings], Provider | None] | None = None
    signature: str = ""
    offer: Offer | None = None
    demo: bool = False  # there in a demo only

    @property
    def elsewhere(self) -> bool:
        return self.provider is not None

    @property
    def at_desk(self) -> bool:
        """Whether who works at our desk takes it, and gives it back."""
        return self.account in (Account.CASH, Account.DESK_CLEARING, Account.CARD_CLEARING)


def pay_path(payment_id: str, gateway: Gateway) -> str:
    """Return the address of the page that leads to a payment, "" for what is paid at our desk."""
    return "" if gateway.at_desk else f"/payments/{gateway.key}/{payment_id}"
