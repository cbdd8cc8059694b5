"""Which gateways there are: the files of ``gateways``; and which providers this installation has."""

import importlib
import pkgutil
from functools import cache

from ticketing.config import Settings
from ticketing.ledger.models import Account
from ticketing.payments import gateways
from ticketing.payments.gateway import Gateway
from ticketing.payments.provider import Providers


@cache
def every() -> dict[str, Gateway]:
    """Return the gateways by key."""
    names = [found.name for found in pkgutil.iter_modules(gateways.__path__)]
    found = [importlib.import_module(f"{gateways.__name__}.{name}").GATEWAY for name in names]
    return {each.key: each for each in found}


def known(key: str) -> Gateway:
    """Return the gateway of a payment that is stored."""
    return every()[key]


def account_of(key: str) -> Account:
    """Return where the money of this gateway's payments lies in the books; what is free has none."""
    account = known(key).account
    assert account is not None, key
    return account


def providers(settings: Settings) -> Providers:
    """Return those whose keys are set."""
    asked = {
        each.key: each.provider(settings) for each in every().values() if each.provider is not None
    }
    return {key: provider for key, provider in asked.items() if provider is not None}
