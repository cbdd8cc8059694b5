"""What we ask of whoever takes the money elsewhere: a provider, spoken to outside any transaction.

Every question may be asked again: an answer that was lost changes nothing.
"""

from enum import StrEnum
from typing import NamedTuple, Protocol

from ticketing.payments.models import DisputeStatus, RefundStatus


class NoAnswer(Exception):
    """The provider did not say whether it was done: keep everything as it is and ask again."""


class NotAccepted(Exception):
    """The provider says no and will say no again: our account, our key or our wish is wrong."""


class BadSignature(Exception):
    """What was sent as an event is not the provider's, or too old."""


class SessionRequest(NamedTuple):
    """A page to open. ``amount`` in the currency's smallest unit; ``closes_at``: ms; no personal data."""

    payment_id: str
    amount: int
    currency: str
    what: str
    lang: str
    closes_at: int
    back: str  # where the buyer comes back to, whether paid or not


class Page(NamedTuple):
    reference: str
    url: str


class SessionStatus(StrEnum):
    OPEN = "open"
    PAID = "paid"
    DECLINED = "declined"  # and may still be paid
    CLOSED = "closed"  # without money, for ever


class SessionState(NamedTuple):
    """How a page stands. ``charge``: the provider's name of the money that came."""

    standing: SessionStatus
    amount: int = 0
    currency: str = ""
    charge: str | None = None


class RefundRequest(NamedTuple):
    """Money to give back."""

    refund_id: str
    charge: str
    amount: int


class RefundState(NamedTuple):
    """``status``: pending, succeeded or failed."""

    status: RefundStatus
    reference: str | None


class RefundFound(NamedTuple):
    """Money that left a charge without our asking; ``reference``: the provider's name of it."""

    reference: str
    amount: int
    currency: str


class BankDispute(NamedTuple):
    """A buyer's bank took money back. ``status``: open, won or lost."""

    gone: RefundFound
    status: DisputeStatus


class Trouble(NamedTuple):
    """What happened to a charge elsewhere: disputes, and refunds made at the provider's own desk."""

    claims: list[BankDispute]
    refunds: list[RefundFound]


class Movement(NamedTuple):
    """What changed in what the provider keeps for us, by ``amount`` and less ``fee``.

    ``category``: charge, refund, refund_failure, dispute, dispute_reversal, payout, or the provider's
    own word; ``charge``: which it concerns, "" for none; ``at``: ms.
    """

    reference: str
    category: str
    amount: int
    fee: int
    currency: str
    charge: str
    at: int


class WebhookEvent(NamedTuple):
    """An event. It is no more than a reason to look: ``payment_id``, ``refund_id`` or ``charge`` says
    where."""

    event_id: str
    kind: str
    payment_id: str
    refund_id: str
    charge: str = ""


class Provider(Protocol):
    async def open(self, wanted: SessionRequest) -> Page: ...

    async def look(self, reference: str) -> SessionState: ...

    async def close(self, reference: str) -> SessionState:
        """Take no more money, and say how the page stands now."""

    async def give_back(self, owed: RefundRequest) -> RefundState: ...

    async def trouble(self, charge: str) -> Trouble: ...

    async def movements(self, since: int) -> list[Movement]: ...

    def hear(self, body: bytes, signature: str) -> WebhookEvent: ...

    async def hang_up(self) -> None:
        """Close what is open towards it; nothing is asked afterwards."""


Providers = dict[str, Provider]  # by the key of their gateway
