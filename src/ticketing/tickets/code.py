"""What a ticket's QR says: on paper, and at a moment where it rotates."""

from typing import Any

from ticketing.programme.models import Rotating
from ticketing.tickets.keys import Keyring
from ticketing.tickets.rotating import gate_key, moment, ticket_secret
from ticketing.tickets.sign import TicketCode, sign


def code_of(ticket: Any, keys: Keyring, moment: bytes = b"") -> str:
    """Return what the ticket's QR says on paper, or at a moment."""
    code = TicketCode(ticket.key_id, ticket.performance_number, ticket.number, ticket.issue)
    return sign(code, keys.private[ticket.key_id], moment)


def code_now(ticket: Any, keys: Keyring, at: int) -> str:
    """Return what the ticket's QR says at this instant."""
    if ticket.rotating == Rotating.OFF:
        return code_of(ticket, keys)
    return code_of(ticket, keys, bytes(moment(secret_of(ticket, keys), at)))


def secret_of(ticket: Any, keys: Keyring) -> bytes:
    key = gate_key(keys.secret_key, ticket.performance_number)
    return ticket_secret(key, ticket.number, ticket.issue)
