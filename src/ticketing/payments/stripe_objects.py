"""Stripe's objects in our words: checkout.Session, PaymentIntent, Refund, Dispute, Event and the rest.

What they are is Stripe's reference at the version that ``stripe_gateway`` names.
"""

from typing import Any

from ticketing.payments.models import DisputeStatus, RefundStatus
from ticketing.payments.provider import (
    BankDispute,
    Movement,
    RefundFound,
    RefundState,
    SessionRequest,
    SessionState,
    SessionStatus,
    Trouble,
    WebhookEvent,
)

USEFUL = ("checkout.session.", "refund.", "charge.dispute.")  # kinds of events
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


def session_of(wanted: SessionRequest) -> Any:
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


def seen(session: Any) -> SessionState:
    money = session.payment_intent
    if session.payment_status == "paid":
        return SessionState(
            SessionStatus.PAID, money.amount_received, money.currency.upper(), money.id
        )
    if session.status == "expired":
        return SessionState(SessionStatus.CLOSED)
    if session.status == "complete":  # a wallet that says later whether it pays
        failed = money.status in ("requires_payment_method", "canceled")
        return SessionState(SessionStatus.CLOSED if failed else SessionStatus.OPEN)
    return SessionState(SessionStatus.OPEN)


def given_back(refund: Any) -> RefundState:
    return RefundState(REFUNDED[refund.status], refund.id)


def told(event: Any) -> WebhookEvent:
    """An event of another account that uses the same endpoint concerns nobody here; of a kind that tells
    nothing new, nobody looks further: a payment has five of them, where all are subscribed."""
    if getattr(event, "account", None) or not event.type.startswith(USEFUL):
        return WebhookEvent(event.id, event.type, "", "")
    ours, thing = marks(event.data.object), event.data.object
    elsewhere = thing.object in ("dispute", "refund") and "refund" not in ours
    charge = str(thing.payment_intent or "") if elsewhere else ""
    return WebhookEvent(
        event.id, event.type, ours.get("payment", ""), ours.get("refund", ""), charge
    )


def movement(each: Any) -> Movement:
    """``source`` is expanded; a payout's has no PaymentIntent."""
    charge = getattr(each.source, "payment_intent", None) or ""
    return Movement(
        each.id, each.reporting_category, each.amount, each.fee, each.currency.upper(), charge,
        each.created * 1000,
    )  # fmt: skip


def gone(thing: Any) -> RefundFound:
    return RefundFound(thing.id, thing.amount, thing.currency.upper())


def marks(thing: Any) -> dict[str, str]:
    """Return what we wrote on it."""
    found = getattr(thing, "metadata", None)
    return found.to_dict() if found else {}


def said_at(signature: str) -> int:
    """Return the instant, in seconds, that a verified ``Stripe-Signature`` names."""
    return int(dict(part.split("=", 1) for part in signature.split(","))["t"])


def trouble_of(disputes: Any, refunds: Any) -> Trouble:
    """Lists of a PaymentIntent's. An inquiry took no money yet; a refund of ours has our mark."""
    return Trouble(
        [
            BankDispute(gone(each), CLAIMED[each.status])
            for each in disputes
            if each.status in CLAIMED
        ],
        [
            gone(each)
            for each in refunds
            if "refund" not in marks(each) and REFUNDED[str(each.status)] != RefundStatus.FAILED
        ],
    )
