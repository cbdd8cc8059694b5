"""The stand-in, driven by Stripe's own library over HTTP."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import stripe

from stripe_stand_in import schema
from stripe_stand_in.events import signature
from stripe_stand_in.hand import KEY, SECRET, Hand, running

LINE = {
    "quantity": 2,
    "price_data": {"currency": "cny", "unit_amount": 6000, "product_data": {"name": "Seat"}},
}


@pytest.fixture
def hand() -> Iterator[Hand]:
    with running() as hand:
        yield hand
        assert hand.do("wrong") == []


def client(hand: Hand, key: str = KEY) -> Any:
    return stripe.StripeClient(key, base_addresses={"api": hand.url}, max_network_retries=0).v1


def wish(**more: Any) -> dict[str, Any]:
    return {
        "mode": "payment", "line_items": [LINE], "payment_method_types": ["card", "alipay"],
        "success_url": "http://127.0.0.1:1/back", "cancel_url": "http://127.0.0.1:1/back",
        "expires_at": int(time.time()) + 1860, "locale": "zh",
        "payment_intent_data": {"metadata": {"payment": "p1"}},
    } | more  # fmt: skip


def test_a_session_is_paid_on_its_page_and_leads_back(hand: Hand) -> None:
    session = client(hand).checkout.sessions.create(wish())
    assert (session.status, session.amount_total) == ("open", 12000)
    answer = httpx.post(session.url, data={"method": "card", "do": "pay"}, trust_env=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "http://127.0.0.1:1/back")
    paid = client(hand).checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (paid.payment_status, paid.payment_intent.amount_received) == ("paid", 12000)
    assert paid.payment_intent.metadata["payment"] == "p1"


def test_a_card_that_is_declined_leaves_the_session_open(hand: Hand) -> None:
    session = client(hand).checkout.sessions.create(wish())
    data = {"method": "card", "do": "pay", "number": "4000 0000 0000 0002"}
    assert "付款被拒绝" in httpx.post(session.url, data=data, trust_env=False).text
    assert client(hand).checkout.sessions.retrieve(session.id).status == "open"


def test_a_session_expires_by_the_clock_and_by_being_asked_to(hand: Hand) -> None:
    sessions = client(hand).checkout.sessions
    first, second = sessions.create(wish()), sessions.create(wish())
    assert sessions.expire(first.id).status == "expired"
    hand.do("advance", seconds=2000)
    assert sessions.retrieve(second.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError):
        sessions.expire(second.id)


def test_less_than_thirty_minutes_are_refused(hand: Hand) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="30 minutes"):
        client(hand).checkout.sessions.create(wish(expires_at=int(time.time()) + 900))


def test_a_key_makes_two_calls_one_and_belongs_to_one_wish(hand: Hand) -> None:
    sessions, key = client(hand).checkout.sessions, {"idempotency_key": "k"}
    whole = wish()
    assert sessions.create(whole, key).id == sessions.create(whole, key).id
    with pytest.raises(stripe.IdempotencyError):
        sessions.create(wish(locale="en"), key)


def test_another_key_opens_nothing(hand: Hand) -> None:
    with pytest.raises(stripe.AuthenticationError):
        client(hand, "sk_test_other").checkout.sessions.create(wish())


def test_refunds_never_pass_what_was_paid_and_wallets_take_their_time(hand: Hand) -> None:
    api = client(hand)
    session = api.checkout.sessions.create(wish())
    intent = hand.do("pay", ident=session.id, method="alipay")["payment_intent"]
    first = api.refunds.create({"payment_intent": intent, "amount": 5000})
    assert first.status == "pending"
    with pytest.raises(stripe.InvalidRequestError):
        api.refunds.create({"payment_intent": intent, "amount": 8000})
    assert hand.do("finish_refund", ident=first.id, ok=False)["status"] == "failed"
    assert api.refunds.create({"payment_intent": intent}).amount == 12000


def test_an_answer_that_is_lost_was_done_or_not(hand: Hand) -> None:
    impatient = stripe.StripeClient(
        KEY, base_addresses={"api": hand.url}, max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=0.5),
    ).v1  # fmt: skip
    for how, done in (("before", 0), ("after", 1)):
        hand.do("fault", call="create session", how=how)
        with pytest.raises(stripe.APIConnectionError):
            impatient.checkout.sessions.create(wish())  # type: ignore[arg-type]
        assert len(hand.every("checkout.session")) == done


def test_a_payout_holds_every_movement_less_its_fees(hand: Hand) -> None:
    api = client(hand)
    session = api.checkout.sessions.create(wish())
    intent = hand.do("pay", ident=session.id)["payment_intent"]
    api.refunds.create({"payment_intent": intent, "amount": 2000})
    payout = hand.do("pay_out")
    moved = api.balance_transactions.list({"payout": payout["id"], "limit": 1})
    kinds = {each.type: each.net for each in moved.auto_paging_iter()}
    assert kinds == {"payout": -9417, "refund": -2000, "charge": 12000 - 348 - 235}


def test_its_events_are_signed_as_stripe_signs() -> None:
    body = (
        '{"id": "evt_1", "object": "event", "type": "x", "data": {"object": {"object": "refund"}}}'
    )
    assert stripe.Webhook.construct_event(body, signature(body, SECRET), SECRET).id == "evt_1"
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body + " ", signature(body, SECRET), SECRET)


@pytest.mark.skipif(schema.description() is None, reason=schema.OFF)
def test_what_stripe_does_not_know_is_refused(hand: Hand) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="unexpected"):
        client(hand).checkout.sessions.create(wish(seat="A1"))


@pytest.mark.skipif(schema.description() is None, reason=schema.OFF)
def test_control_an_object_of_ours_that_stripe_would_not_answer_is_noted() -> None:
    assert schema.wrong({"object": "refund", "id": "re_1", "amount": "12"})
