"""How the house stands now, in a few numbers, the same from whichever process is asked."""

from typing import NamedTuple

import sqlalchemy as sa

from ticketing.desk.db import Tx


class Figure(NamedTuple):
    """``sql`` returns (label, number) rows; ``label`` is "" where there is one number."""

    name: str
    text: str
    label: str
    sql: str


FIGURES = (
    Figure(
        "orders", "Orders by status.", "status",
        "SELECT status, COUNT(*) FROM orders GROUP BY status",
    ),
    Figure(
        "scans", "Scans by verdict.", "verdict",
        "SELECT verdict, COUNT(*) FROM scan GROUP BY verdict",
    ),
    Figure("tickets", "Live tickets.", "", "SELECT '', COALESCE(SUM(live), 0) FROM headcount"),
    Figure(
        "held_seats", "Seats held by buyers now.", "",
        "SELECT '', COUNT(*) FROM performance_seat WHERE held_until > :now AND order_id IS NULL",
    ),
    Figure(
        "letters_waiting", "Letters in the outbox, not sent yet.", "",
        "SELECT '', COUNT(*) FROM letter WHERE sent_at IS NULL AND given_up_at IS NULL",
    ),
    Figure(
        "letters_given_up", "Letters that could not be sent.", "",
        "SELECT '', COUNT(*) FROM letter WHERE given_up_at IS NOT NULL",
    ),
    Figure(
        "events_unhandled", "Events about money, heard and not acted on yet.", "",
        "SELECT '', COUNT(*) FROM provider_event WHERE handled_at IS NULL",
    ),
)  # fmt: skip


def gauges(tx: Tx, now: int) -> list[tuple[Figure, list[tuple[str, int]]]]:
    """Return each figure with its numbers by label."""
    return [(figure, ask(tx, figure, now)) for figure in FIGURES]


def ask(tx: Tx, figure: Figure, now: int) -> list[tuple[str, int]]:
    values = {"now": now} if ":now" in figure.sql else {}
    return [(row[0], int(row[1])) for row in tx.execute(sa.text(figure.sql), values)]
