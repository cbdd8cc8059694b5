"""How an invariant is written down: a name, a sentence, and SQL that returns what breaks it.

The parts below are put together from our own text only; no value comes from outside.
"""

from typing import NamedTuple


class Invariant(NamedTuple):
    name: str
    sentence: str
    sql: str


def zero(key: str, amounts: str) -> str:
    """Return the keys whose amounts do not add up to 0; ``amounts`` selects (key, amount)."""
    return (
        f"SELECT {key}, SUM(amount) AS off FROM ({amounts}) AS amounts"  # noqa: S608
        f" GROUP BY {key} HAVING SUM(amount) <> 0"
    )


def equal(key: str, left: str, right: str) -> str:
    """Return the keys whose amounts differ between two statements that select (key, amount)."""
    other_way = f"SELECT {key}, -amount FROM ({right}) AS other"  # noqa: S608
    return zero(key, f"{left} UNION ALL {other_way}")


def debits(key: str, *accounts: str) -> str:
    """Select (key, debits less credits) of the accounts; key is performance_id or order_id."""
    named = ", ".join(f"'{account}'" for account in accounts)
    return (
        f"SELECT {key}, CASE WHEN debit IN ({named}) THEN amount ELSE 0 END"  # noqa: S608
        f" - CASE WHEN credit IN ({named}) THEN amount ELSE 0 END AS amount FROM posting"
        f" WHERE {key} IS NOT NULL"
    )


def live(amount: str) -> str:
    """Select (performance_id, amount) of every live ticket's line."""
    return (
        f"SELECT ticket.performance_id AS performance_id, {amount} AS amount FROM ticket"  # noqa: S608
        " JOIN order_line ON order_line.id = ticket.line_id WHERE ticket.voided_at IS NULL"
    )
