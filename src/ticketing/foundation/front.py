"""Whose house it is: what every page, letter and sum asks of it."""

from collections.abc import Mapping
from typing import Any


class Front:
    """Whose house it is, from the database: set at start and refreshed. The one place to ask for what is
    the house's: its name and mark, money, languages, phones, ways to pay at the desk, tax."""

    house: Mapping[str, Any] = {
        "name": {"zh": "票房", "en": "Box office"},
        "organiser": {"zh": "", "en": ""},
        "contact": {"zh": "", "en": ""},
        "terms": {"zh": "", "en": ""},
        "zone": "Asia/Shanghai",
        "demo": 0,
        "currency": "CNY",
        "languages": ["zh", "en"],
        "phone_country": "CN",
        "mark": "票",
        "colour": "",
        "order_prefix": "NH",
        "desk_ways": {},
        "tax": {},
    }
    base_url = ""
    play = False
