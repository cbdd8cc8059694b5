"""A code that a buyer typed: looked up before the order is placed, and wrong ones counted."""

from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk
from ticketing.inventory.queries import find_hold
from ticketing.pricing.promotion import NoSuchCode, find
from ticketing.pricing.wrong_codes import may_try, was_wrong


async def try_code(desk: Desk, token: str, code: str, who: str, now: int) -> None:
    """``token``: the hold's; ``who``: the network. Raises what speaks against the code, TooManyCodes."""
    try:
        await desk.read(known, token, code, who, now)
    except NoSuchCode:
        await desk.write(was_wrong, who)
        raise


def known(tx: Tx, token: str, code: str, who: str, now: int) -> None:
    may_try(tx, who, now)
    find(tx, code, find_hold(tx, token, now).performance_id, now)
