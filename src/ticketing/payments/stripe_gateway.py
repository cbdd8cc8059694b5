"""Stripe: its hosted Checkout page takes cards, Alipay and WeChat Pay; no name, phone or mail is sent.

The official library speaks to it, at one version of the API. Objects are those of Stripe's reference:
checkout.Session, PaymentIntent, Refund, Event.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import stripe
from typing_extensions import override

from ticketing.payments.gateway import (
    BadSignature,
    Claim,
    GivenBack,
    Gone,
    Movement,
    NoAnswer,
    NotAccepted,
    Owed,
    Page,
    Provider,
    Seen,
    Standing,
    Told,
    Trouble,
    Wanted,
)
from ticketing.payments.models import DisputeStatus, RefundStatus

VERSION = "2026-08-26.dahlia"
PATIENCE = 20  # seconds
AGE = 300  # seconds that an event's signature may be old, or ahead of our clock
METHODS = ["card", "alipay", "wechat_pay"]
REFUNDED = {
    "pending": RefundStatus.PENDING,
    "requires_action": RefundStatus.PENDING,
    "succeeded": RefundStatus.SUCCEEDED,
    "failed": RefundStatus.FAILED,
    "canceled": RefundStatus.FAILED,
}

CLAIMED = {
    "needs_response": DisputeStatus.OPEN,
    "under_review": DisputeStatus.OPEN,
    "won": DisputeStatus.WON,
    "lost": DisputeStatus.LOST,
}


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
    async def open(self, wanted: Wanted) -> Page:
        with answered():
            session = await self._stripe.checkout.sessions.create_async(
                session_of(wanted), {"idempotency_key": f"page-{wanted.payment_id}"}
            )
        assert session.url
        return Page(session.id, session.url)

    @override
    async def look(self, reference: str) -> Seen:
        with answered():
            session = await self._stripe.checkout.sessions.retrieve_async(
                reference, {"expand": ["payment_intent"]}
            )
        return seen(session)

    @override
    async def close(self, reference: str) -> Seen:
        with suppress(NotAccepted), answered():  # no: it is not open any more, and looking says why
            await self._stripe.checkout.sessions.expire_async(reference)
        return await self.look(reference)

    @override
    async def give_back(self, owed: Owed) -> GivenBack:
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
        """Look for disputes and refunds of a PaymentIntent. Its inquiries took no money yet."""
        of: Any = {"payment_intent": charge, "limit": 100}
        with answered():
            disputes = await self._stripe.disputes.list_async(of)
            refunds = await self._stripe.refunds.list_async(of)
        return Trouble(
            [
                Claim(gone(each), CLAIMED[each.status])
                for each in disputes.data
                if each.status in CLAIMED
            ],
            [
                gone(each)
                for each in refunds.data
                if "refund" not in marks(each) and REFUNDED[str(each.status)] != RefundStatus.FAILED
            ],
        )

    @override
    async def movements(self, since: int) -> list[Movement]:
        """Return the balance transactions from that instant on, ms; the newest first."""
        wish: Any = {"created": {"gte": since // 1000}, "limit": 100, "expand": ["data.source"]}
        with answered():
            page = await self._stripe.balance_transactions.list_async(wish)
            return [movement(each) async for each in page.auto_paging_iter()]

    @override
    def hear(self, body: bytes, signature: str) -> Told:
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


def session_of(wanted: Wanted) -> Any:
    """Return the same for the same wish: Stripe refuses a key that comes with something else."""
    mark = {"payment": wanted.payment_id}
    price = {
        "currency": wanted.currency.lower(),
        "unit_amount": wanted.amount,
        "product_data": {"name": wanted.what},
    }
    return {
        "mode": "payment",
        "client_reference_id": wanted.payment_id,
        "line_items": [{"quantity": 1, "price_data": price}],
        "payment_method_types": METHODS,
        "payment_method_options": {"wechat_pay": {"client": "web"}},
        "expires_at": wanted.closes_at // 1000,
        "success_url": wanted.back,
        "cancel_url": wanted.back,
        "locale": wanted.lang,
        "metadata": mark,
        "payment_intent_data": {"metadata": mark},
    }


def seen(session: Any) -> Seen:
    money = session.payment_intent
    if session.payment_status == "paid":
        return Seen(Standing.PAID, money.amount_received, money.currency.upper(), money.id)
    if session.status == "expired":
        return Seen(Standing.CLOSED)
    if session.status == "complete":  # a wallet that says later whether it pays
        failed = money.status in ("requires_payment_method", "canceled")
        return Seen(Standing.CLOSED if failed else Standing.OPEN)
    return Seen(Standing.OPEN)


def given_back(refund: Any) -> GivenBack:
    return GivenBack(REFUNDED[refund.status], refund.id)


def told(event: Any) -> Told:
    """An event of another account that uses the same endpoint concerns nobody here."""
    if getattr(event, "account", None):
        return Told(event.id, event.type, "", "")
    ours, thing = marks(event.data.object), event.data.object
    elsewhere = thing.object in ("dispute", "refund") and "refund" not in ours
    charge = str(thing.payment_intent or "") if elsewhere else ""
    return Told(event.id, event.type, ours.get("payment", ""), ours.get("refund", ""), charge)


def movement(each: Any) -> Movement:
    """``source`` is expanded; a payout's has no PaymentIntent."""
    charge = getattr(each.source, "payment_intent", None) or ""
    return Movement(
        each.id, each.reporting_category, each.amount, each.fee, each.currency.upper(), charge,
        each.created * 1000,
    )  # fmt: skip


def gone(thing: Any) -> Gone:
    return Gone(thing.id, thing.amount, thing.currency.upper())


def marks(thing: Any) -> dict[str, str]:
    """Return what we wrote on it."""
    found = getattr(thing, "metadata", None)
    return found.to_dict() if found else {}


def said_at(signature: str) -> int:
    """Return the instant, in seconds, that a verified ``Stripe-Signature`` names."""
    return int(dict(part.split("=", 1) for part in signature.split(","))["t"])


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
