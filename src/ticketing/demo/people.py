"""Invented people: names from common characters, addresses that exist nowhere."""

from random import Random

from ticketing.orders.agree import Buyer

SURNAMES = "陈沈陆徐朱钱顾张王李吴周"
GIVEN = ("思远", "静", "雨桐", "建国", "晓燕", "子涵", "丽", "志强", "欣怡", "明", "海燕", "若水")


def guest(rng: Random) -> Buyer:
    name = rng.choice(SURNAMES) + rng.choice(GIVEN)
    number = rng.randrange(10_000_000, 99_999_999)
    if rng.random() < 0.6:
        return Buyer(name, f"138{number}", f"guest{number}@example.com")
    return Buyer(name, f"139{number}", "")
