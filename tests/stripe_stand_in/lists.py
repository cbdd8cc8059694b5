"""Lists as Stripe answers them: narrowed, the newest first, a page at a time; and what is expanded."""

from stripe_stand_in import objects
from stripe_stand_in.account import Account
from stripe_stand_in.books import Refusal, shown
from stripe_stand_in.objects import Thing

# how the address of a list ends: what it lists, and by which fields it can be narrowed
LISTS: dict[str, tuple[str, set[str]]] = {
    "balance_transactions": ("balance_transaction", {"payout", "type"}),
    "disputes": ("dispute", {"payment_intent"}),
    "events": ("event", {"type"}),
    "payouts": ("payout", {"status"}),
    "refunds": ("refund", {"payment_intent"}),
}
MOST = 100


def page(account: Account, url: str, wish: Thing) -> Thing:
    """``wish``: the decoded query."""
    kind, narrowing = LISTS[url.rpartition("/")[2]]
    limit, after = int(wish.pop("limit", 10)), wish.pop("starting_after", "")
    since, asked = int(wish.pop("created", {}).get("gte", 0)), wish.pop("expand", [])
    if unknown := sorted(wish.keys() - narrowing):
        raise Refusal(f"unknown parameter: {unknown[0]}", "parameter_unknown", param=unknown[0])
    if not 1 <= limit <= MOST:
        raise Refusal(f"a page has 1 to {MOST}", "parameter_invalid_integer", param="limit")
    found = [each for each in account.every(kind, **wish) if each["created"] >= since]
    names = [each["id"] for each in found]
    if after and after not in names:
        raise Refusal(f"not in this list: '{after}'", "resource_missing", param="starting_after")
    start = names.index(after) + 1 if after else 0
    fields = [name.removeprefix("data.") for name in asked]
    shown_now = [
        account.judged(expanded(account, each, fields)) for each in found[start : start + limit]
    ]
    return objects.listed(shown_now, url, start + limit < len(found))


def expanded(account: Account, thing: Thing, fields: list[str]) -> Thing:
    """Return it with the things themselves in place of their names."""
    return thing | {name: shown(account.find(thing[name])) for name in fields if thing[name]}
