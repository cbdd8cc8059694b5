"""Whether everything that was answered was also done: rows, counted by the database."""

from collections.abc import Mapping

from databases import scalar

COUNTS = {
    "holds": "select count(*) from hold",
    "orders": "select count(*) from orders where status = 'paid'",
    "tickets": "select count(*) from ticket where voided_at is null",
    "scans": "select count(*) from scan where verdict = 'admitted'",
}


def check_counts(url: str, done: Mapping[str, int]) -> None:
    """``done``: operations answered, by step. Raises AssertionError where a row is missing."""
    bookings = done.get("booking of two", 0)
    promised = {
        "holds": done.get("hold of two", 0) + bookings,
        "orders": bookings,
        "tickets": 2 * bookings,
        "scans": done.get("scan", 0),
    }
    found = {name: scalar(url, text) for name, text in COUNTS.items()}
    assert found == promised, f"{url}: {found} instead of {promised}"
