"""Tickets that go with a wheelchair place: never more of them in an order than such places."""

from collections import Counter
from collections.abc import Mapping

from ticketing.desk.db import Tx
from ticketing.pricing.conditions import check_rest
from ticketing.programme.on_sale import terms
from ticketing.seating.plan import Plan
from ticketing.seating.queries import plan as read_plan


def in_wheelchairs(plan: Plan, types: Mapping[str, str]) -> Counter[str]:
    """Return how many of an order's tickets are for a wheelchair place, by type; ``types`` by seat."""
    return Counter(
        kind for seat, kind in types.items() if "wheelchair" in plan.by_id[seat].attributes
    )


def require_places(tx: Tx, performance_id: str, types: Mapping[str, str]) -> None:
    """Raise NeedsWheelchairPlace where what stays of an order has too few; ``types`` by seat."""
    plan = read_plan(tx, terms(tx, performance_id).plan_id)
    check_rest(tx, performance_id, Counter(types.values()), in_wheelchairs(plan, types))
