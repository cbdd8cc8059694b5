"""Stripe: its hosted Checkout page takes cards, Alipay and WeChat Pay; no name, phone or mail is sent.

The official library speaks to it, at one version of the API.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import stripe
from typing_extensions import override

from ticketing.payments.provider import (
    BadSignature,
    Movement,
    NoAnswer,
    NotAccepted,
    Page,
    Provider,
    RefundRequest,
    RefundState,
    SessionRequest,
    SessionState,
    Trouble,
    WebhookEvent,
)
from ticketing.payments.stripe_objects import (
    given_back,
    marks,
    movement,
    said_at,
    seen,
    session_of,
    told,
    trouble_of,
)

VERSION = "2026-08-26.dahlia"
PATIENCE = 20  # seconds
AGE = 300  # seconds that an event's signature may be old, or ahead of our clock


class StripeGateway(Provider):
    def __init__(
        self, key: str, webhook_secret: str, base: str = "", patience: float = PATIENCE
    ) -> None:
        self._secret = webhook_secret
        self._line = stripe.HTTPXClient(timeout=patience)
        self._stripe = stripe.StripeClient(
            key,
            stripe_version=VERSION,
            base_addresses={"api": base} if base else {},
            max_network_retries=0,  # who asks again is the buyer, the event or the caretaker
            http_client=self._line,
        ).v1

    @override
    async def open(self, wanted: SessionRequest) -> Page:
        with answered():
            session = await self._stripe.checkout.sessions.create_async(
                session_of(wanted), {"idempotency_key": f"page-{wanted.payment_id}"}
            )
        assert session.url
        return Page(session.id, session.url)

    @override
    async def look(self, reference: str) -> SessionState:
        with answered():
            session = await self._stripe.checkout.sessions.retrieve_async(
                reference, {"expand": ["payment_intent"]}
            )
        return seen(session)

    @override
    async def close(self, reference: str) -> SessionState:
        with suppress(NotAccepted), answered():  # no: it is not open any more, and looking says why
            await self._stripe.checkout.sessions.expire_async(reference)
        return await self.look(reference)

    @override
    async def give_back(self, owed: RefundRequest) -> RefundState:
        """Look first: Stripe forgets an idempotency key after a day, and we may ask later than that."""
        with answered():
            known = await self._stripe.refunds.list_async(
                {"payment_intent": owed.charge, "limit": 100}
            )
            for each in known.data:
                if marks(each).get("refund") == owed.refund_id:
                    return given_back(each)
            return given_back(
                await self._stripe.refunds.create_async(
                    {
                        "payment_intent": owed.charge,
                        "amount": owed.amount,
                        "metadata": {"refund": owed.refund_id},
                    },
                    {"idempotency_key": f"refund-{owed.refund_id}"},
                )
            )

    @override
    async def trouble(self, charge: str) -> Trouble:
        of: Any = {"payment_intent": charge, "limit": 100}
        with answered():
            disputes = await self._stripe.disputes.list_async(of)
            refunds = await self._stripe.refunds.list_async(of)
        return trouble_of(disputes.data, refunds.data)

    @override
    async def movements(self, since: int) -> list[Movement]:
        """Return the balance transactions from that instant on, ms; the newest first."""
        wish: Any = {"created": {"gte": since // 1000}, "limit": 100, "expand": ["data.source"]}
        with answered():
            page = await self._stripe.balance_transactions.list_async(wish)
            return [movement(each) async for each in page.auto_paging_iter()]

    @override
    def hear(self, body: bytes, signature: str) -> WebhookEvent:
        try:
            event = stripe.Webhook.construct_event(body, signature, self._secret, tolerance=AGE)
        except (ValueError, stripe.SignatureVerificationError) as error:
            raise BadSignature() from error
        if said_at(signature) > time.time() + AGE:
            raise BadSignature()
        return told(event)

    @override
    async def hang_up(self) -> None:
        await self._line.close_async()  # type: ignore[no-untyped-call]


@contextmanager
def answered() -> Iterator[None]:
    """Tell an answer that was lost from one that says no."""
    try:
        yield
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise NoAnswer() from error
    except stripe.StripeError as error:
        if error.http_status is None or error.http_status >= 500 or error.http_status == 409:
            raise NoAnswer() from error
        raise NotAccepted(error.code or error.http_status) from error
