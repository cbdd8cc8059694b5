"""Who buys, as it is typed at the counter and corrected at the office."""

from collections.abc import Mapping
from typing import Any

from ticketing.foundation.typed_text import clean_text
from ticketing.orders.buyer import MOST, buyer
from ticketing.orders.create import Buyer

FIELDS = tuple(MOST)


def buyer_in(form: Mapping[str, Any]) -> Buyer:
    """Return the buyer; at the counter nobody needs to say who they are."""
    typed = {field: clean_text(form.get(field), field, most) for field, most in MOST.items()}
    return buyer(typed) if typed["phone"] or typed["email"] else Buyer(typed["name"])
