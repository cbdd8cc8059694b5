"""Issuing tickets: one for each seat sold, counted against the approved number."""

from ticketing.foundation.codes import digest, new_id, new_secret, short_number, ticket_number
from ticketing.foundation.db import Tx
from ticketing.foundation.errors import Refused
from ticketing.tickets.headcount import count_in
from ticketing.tickets.models import Ticket


class ApprovedNumberReached(Refused):
    type = "house-full"
    zh = "已到核准人数，不能再出票。"
    en = "The approved number of people is reached: no more tickets."


def issue(
    tx: Tx, performance_id: str, order_id: str, lines: list[tuple[str, str]], *, now: int
) -> None:
    """``lines``: (order line, seat). The unique index on live tickets is the second line of defence."""
    secrets = [new_secret() for _ in lines]
    tx.add(Ticket, [
        {
            "id": new_id(now), "number": ticket_number(), "short": short_number(),
            "secret": secret, "secret_digest": digest(secret), "performance_id": performance_id,
            "seat_id": seat_id, "order_id": order_id, "line_id": line_id,
            "issue": 1, "issued_at": now,
        }
        for (line_id, seat_id), secret in zip(lines, secrets, strict=True)
    ])  # fmt: skip
    if not count_in(tx, performance_id, len(lines)):
        raise ApprovedNumberReached()
