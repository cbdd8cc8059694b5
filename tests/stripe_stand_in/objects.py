"""Stripe's objects as it answers them: the fields that are always there, and those we read."""

from typing import Any

Thing = dict[str, Any]
FEE_PERCENT, FEE_FIXED = 29, 235  # 2.9 % and 2.35 yuan, of each charge
DISPUTE_FEE = 1500
DAY = 24 * 3600
WALLETS = ("alipay", "wechat_pay")
TYPES = {"dispute": "adjustment", "dispute_reversal": "adjustment"}  # by category, else the same
WALLET_TYPES = {
    "charge": "payment", "refund": "payment_refund", "refund_failure": "payment_failure_refund",
}  # fmt: skip


def session(ident: str, now: int, wish: Thing, url: str) -> Thing:
    lines = wish["line_items"]
    total = sum(int(n["price_data"]["unit_amount"]) * int(n["quantity"]) for n in lines)
    return {
        "id": ident, "object": "checkout.session", "livemode": False, "mode": "payment",
        "created": now, "expires_at": int(wish.get("expires_at", now + DAY)),
        "status": "open", "payment_status": "unpaid", "payment_intent": None,
        "amount_total": total, "amount_subtotal": total,
        "currency": lines[0]["price_data"]["currency"],
        "client_reference_id": wish.get("client_reference_id"),
        "metadata": wish.get("metadata", {}), "url": f"{url}/pay/{ident}",
        "success_url": wish["success_url"], "cancel_url": wish.get("cancel_url"),
        "locale": wish.get("locale"), "payment_method_types": wish["payment_method_types"],
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "custom_fields": [], "shipping_options": [],
        "custom_text": dict.fromkeys(
            ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")
        ),
    }  # fmt: skip


def intent(ident: str, now: int, of: Thing, marks: Thing) -> Thing:
    return {
        "id": ident, "object": "payment_intent", "livemode": False, "created": now,
        "amount": of["amount_total"], "amount_received": 0, "currency": of["currency"],
        "status": "requires_payment_method", "metadata": marks, "latest_charge": None,
        "payment_method_types": of["payment_method_types"],
    }  # fmt: skip


def charge(ident: str, now: int, of: Thing, method: str) -> Thing:
    amount = of["amount"]
    return {
        "id": ident, "object": "charge", "livemode": False, "created": now, "amount": amount,
        "amount_captured": amount, "amount_refunded": 0, "currency": of["currency"],
        "billing_details": dict.fromkeys(("address", "email", "name", "phone", "tax_id")),
        "captured": True, "paid": True, "refunded": False, "disputed": False,
        "status": "succeeded", "metadata": of["metadata"], "payment_intent": of["id"],
        "payment_method_details": {"type": method},
        "balance_transaction": None,
    }  # fmt: skip


def method_of(charge: Thing) -> str:
    return str(charge["payment_method_details"]["type"])


def refund(ident: str, now: int, of: Thing, amount: int, marks: Thing) -> Thing:
    return {
        "id": ident, "object": "refund", "created": now, "amount": amount,
        "currency": of["currency"], "charge": of["id"], "payment_intent": of["payment_intent"],
        "metadata": marks, "status": "pending", "reason": None, "balance_transaction": None,
    }  # fmt: skip


def dispute(ident: str, now: int, of: Thing, amount: int, reason: str) -> Thing:
    return {
        "id": ident, "object": "dispute", "livemode": False, "created": now, "amount": amount,
        "currency": of["currency"], "charge": of["id"], "payment_intent": of["payment_intent"],
        "reason": reason, "status": "needs_response", "is_charge_refundable": False,
        "balance_transactions": [], "metadata": {}, "enhanced_eligibility_types": [],
        "evidence": {"enhanced_evidence": {}},
        "evidence_details": {
            "due_by": now + 9 * DAY, "enhanced_eligibility": {}, "has_evidence": False,
            "past_due": False, "submission_count": 0,
        },
    }  # fmt: skip


def movement(ident: str, now: int, category: str, amount: int, source: Thing, method: str) -> Thing:
    """A balance transaction: what changes what Stripe keeps for us."""
    fees = {"charge": amount * FEE_PERCENT // 1000 + FEE_FIXED, "dispute": DISPUTE_FEE}
    fee, types = fees.get(category, 0), WALLET_TYPES if method in WALLETS else TYPES
    details = {"amount": fee, "currency": source["currency"], "type": "stripe_fee"}
    return {
        "id": ident, "object": "balance_transaction", "created": now, "available_on": now,
        "amount": amount, "fee": fee, "net": amount - fee, "currency": source["currency"],
        "fee_details": [details | {"application": None, "description": None}] if fee else [],
        "balance_type": "payments", "reporting_category": category, "status": "available",
        "type": types.get(category, category), "source": source["id"], "description": None,
        "exchange_rate": None,
    }  # fmt: skip


def payout(ident: str, now: int, amount: int) -> Thing:
    return {
        "id": ident, "object": "payout", "livemode": False, "created": now, "amount": amount,
        "arrival_date": now, "automatic": True, "currency": "cny", "method": "standard",
        "reconciliation_status": "completed", "source_type": "card", "status": "paid",
        "type": "bank_account", "balance_transaction": None, "description": None,
        "destination": None, "failure_balance_transaction": None, "failure_code": None,
        "failure_message": None, "metadata": {}, "original_payout": None, "reversed_by": None,
        "statement_descriptor": None, "application_fee": None, "application_fee_amount": None,
        "payout_method": None, "trace_id": None,
    }  # fmt: skip


def event(ident: str, now: int, kind: str, thing: Thing) -> Thing:
    return {
        "id": ident, "object": "event", "livemode": False, "created": now, "type": kind,
        "data": {"object": thing}, "pending_webhooks": 1, "api_version": "2026-08-26.dahlia",
        "request": None,
    }  # fmt: skip


def listed(things: list[Thing], url: str, more: bool) -> Thing:
    return {"object": "list", "data": things, "has_more": more, "url": url}
