"""Who pays on the till's pages, and who brings us its word."""

import json
from contextlib import suppress

from simulation.acts import Ordered
from simulation.holds import MINUTES
from simulation.line import SIGNATURE
from simulation.people import counter, pay_again, until_next_round
from simulation.till import Till
from simulation.town import Town, insist, perhaps
from ticketing.foundation.clock import MINUTE
from ticketing.payments.provider import BadSignature, WebhookEvent


def pay(till: Till, town: Town, order: Ordered, payment: str) -> None:
    """Go to its page: pay there, soon or late or never; come back or close the tab."""
    if town.happens(town.mix.late / 2):
        last_minute(town, early=town.rng.expovariate(100))
    page = insist(town, town.acts.open, payment)
    if page is None:
        return
    town.sleep(town.rng.expovariate(2))
    if town.happens(town.mix.declined):
        till.decline(page)
        town.start(pay_again, town, order)
        if town.happens(0.5):
            return
    if town.happens(0.1 + town.mix.trouble / 2):  # who pays twice is who then asks the bank
        town.start(pay_again, town, order)
    if town.happens(town.mix.late):
        last_minute(town)
    if town.happens(0.9):
        put_money(till, town, page)
    if town.happens(0.5):
        perhaps(town.acts.come_back, order, payment)
    if town.happens(0.1):
        town.start(pay_again, town, order)
    if town.happens(town.mix.returns):
        town.start(counter, town, order)
    if town.happens(town.mix.trouble):
        town.start(take_back, till, town, page)


def take_back(till: Till, town: Town, page: str) -> None:
    """The payer turns to a bank, or somebody gives money back at the provider's desk."""
    town.sleep(town.rng.expovariate(1 / 20))
    if town.happens(0.5):
        till.dispute(page)
    else:
        till.refund_by_hand(page, town.rng.choice([0.2, 1, 1]))


def last_minute(town: Town, early: float = 0) -> None:
    """Wait until the time to pay is about over, or a page's is, and the caretaker comes."""
    town.sleep(MINUTES if town.happens(0.7) else town.rng.uniform(10, 50))
    until_next_round(town, early)


def put_money(till: Till, town: Town, page: str) -> None:
    """Pay, rarely another sum or currency; now and then by a wallet that takes an hour or a minute."""
    wanted = till.sheets[page].wanted
    amount = wanted.amount // 2 if town.happens(0.05) else wanted.amount
    currency = "USD" if town.happens(0.05) else wanted.currency
    wallet = town.rng.expovariate(1 / town.rng.choice([MINUTE, 60 * MINUTE]))
    till.pay(page, amount, currency, wallet if town.happens(0.2) else None)


def bring(town: Town, told: WebhookEvent) -> None:
    """Bring an event: soon or late, once or twice or never; others say they are the till."""
    for _ in range(town.rng.choice([0, 0, 1, 1, 2])):
        town.start(deliver, town, told, town.rng.expovariate(1 / town.rng.choice([0.02, 1, 60])))
    if town.happens(0.1):
        false = told._replace(event_id=f"false {told.event_id}")
        with suppress(BadSignature):
            perhaps(town.acts.hear, body_of(false), "another's")


def deliver(town: Town, told: WebhookEvent, after: float) -> None:
    town.sleep(after)
    words = (town.acts.hear, body_of(told), SIGNATURE)
    perhaps(*words) if town.happens(0.5) else insist(town, *words)


def body_of(told: WebhookEvent) -> bytes:
    return json.dumps(told).encode()
