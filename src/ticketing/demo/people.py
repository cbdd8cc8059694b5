"""Invented people: names from the house's language, addresses and numbers that nobody answers."""

from random import Random

from ticketing.foundation.front import Front
from ticketing.orders.create import Buyer

SURNAMES = "陈沈陆徐朱钱顾张王李吴周"
GIVEN = ("思远", "静", "雨桐", "建国", "晓燕", "子涵", "丽", "志强", "欣怡", "明", "海燕", "若水")


EUROPEAN = ("Emma", "Lucas", "Noor", "Arthur", "Olivia", "Tuur", "Fatima", "Victor", "Lotte", "Jef")
FAMILIES = ("Peeters", "Janssens", "De Smet", "Haddad", "Maes", "Wouters", "Diallo", "Claes")


def guest(rng: Random) -> Buyer:
    """Return somebody who leaves a mobile number of the house's country, and mostly a mail address."""
    chinese = Front.house["languages"][0] == "zh"
    name = (
        rng.choice(SURNAMES) + rng.choice(GIVEN)
        if chinese
        else f"{rng.choice(EUROPEAN)} {rng.choice(FAMILIES)}"
    )
    number = rng.randrange(10_000_000, 99_999_999)
    mail = f"guest{number}@example.com" if rng.random() < 0.6 else ""
    prefix = ("138" if mail else "139") if chinese else "+3247"
    return Buyer(name, f"{prefix}{number % 10_000_000 if not chinese else number}", mail)
