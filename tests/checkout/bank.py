"""A gateway in one file: a bank whose page everybody pays on. A test lays it beside the others."""

from typing_extensions import override

from ticketing.config import Settings
from ticketing.ledger.models import Account
from ticketing.payments.gateway import Gateway, Offer
from ticketing.payments.models import RefundStatus
from ticketing.payments.provider import (
    BadSignature,
    Movement,
    Page,
    Provider,
    RefundRequest,
    RefundState,
    SessionRequest,
    SessionState,
    SessionStatus,
    Trouble,
    WebhookEvent,
)


class Bank(Provider):
    def __init__(self) -> None:
        self.wanted: dict[str, SessionRequest] = {}
        self.back: list[RefundRequest] = []

    @override
    async def open(self, wanted: SessionRequest) -> Page:
        self.wanted[wanted.payment_id] = wanted
        return Page(wanted.payment_id, f"https://bank.example/{wanted.payment_id}")

    @override
    async def look(self, reference: str) -> SessionState:
        wanted = self.wanted[reference]
        return SessionState(
            SessionStatus.PAID, wanted.amount, wanted.currency, f"transfer-{reference}"
        )

    @override
    async def close(self, reference: str) -> SessionState:
        return await self.look(reference)

    @override
    async def give_back(self, owed: RefundRequest) -> RefundState:
        self.back.append(owed)
        return RefundState(RefundStatus.SUCCEEDED, f"back-{owed.refund_id}")

    @override
    async def trouble(self, charge: str) -> Trouble:
        return Trouble([], [])

    @override
    async def movements(self, since: int) -> list[Movement]:
        return []

    @override
    def hear(self, body: bytes, signature: str) -> WebhookEvent:
        if signature != "the bank's":
            raise BadSignature()
        return WebhookEvent(f"event-{body.decode()}", "paid", body.decode(), "")

    @override
    async def hang_up(self) -> None: ...


def provider(settings: Settings) -> Provider | None:
    return Bank() if settings.others.get("BANK_KEY") else None


GATEWAY = Gateway(
    "bank",
    {"zh": "南湖银行", "en": "Bank of the lake"},
    Account.PROVIDER_CLEARING,
    provider=provider,
    signature="bank-signature",
    offer=Offer(
        {"zh": "银行转账", "en": "Bank transfer"},
        {"zh": "下一页在银行付款。", "en": "You pay on the bank's page."},
    ),
)
