"""Where the money of a payment lies, in the ledger's words."""

from ticketing.ledger.models import Account
from ticketing.payments.known import known


def purse(gateway: str) -> Account:
    return Account(known(gateway).purse)
