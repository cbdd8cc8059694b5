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


def paid(hand: Hand, **how: Any) -> str:
    """Return the name of the money that a session brought."""
    session = client(hand).checkout.sessions.create(wish(expires_at=int(time.time()) + 9000))
    return str(hand.do("pay", ident=session.id, **how)["payment_intent"])


def moved(hand: Hand, **narrowed: Any) -> list[tuple[str, int]]:
    """Return every movement, the newest first, read in pages of two."""
    listed = client(hand).balance_transactions.list({"limit": 2, **narrowed})
    return [(each.reporting_category, each.net) for each in listed.auto_paging_iter()]


def told(hand: Hand) -> list[str]:
    """Return what was told of disputes, in its order."""
    found = client(hand).events.list({"limit": 100}).data
    kinds = [event.type.removeprefix("charge.dispute.") for event in reversed(found)]
    return [kind for kind in kinds if "." not in kind]


CHARGED, CHARGED_BACK = ("charge", 12000 - 348 - 235), ("dispute", -12000 - 1500)


def test_a_payout_holds_every_movement_less_its_fees(hand: Hand) -> None:
    intent = paid(hand)
    client(hand).refunds.create({"payment_intent": intent, "amount": 2000})
    payout = hand.do("pay_out")
    paid(hand)
    expected = [("payout", -9417), ("refund", -2000), CHARGED]
    assert moved(hand, payout=payout["id"]) == expected
    assert moved(hand) == [CHARGED, *expected]
    assert [each.amount for each in client(hand).payouts.list().data] == [9417]


def test_movements_are_narrowed_by_their_type_and_their_age(hand: Hand) -> None:
    paid(hand)
    hand.do("advance", seconds=1000)
    intent = paid(hand, method="alipay")
    kinds = client(hand).balance_transactions.list({"type": "payment", "expand": ["data.source"]})
    assert [each.source.payment_intent for each in kinds.data] == [intent]
    since = int(time.time()) + 500
    assert moved(hand, created={"gte": since}) == [CHARGED]
    assert moved(hand, type="charge") == [CHARGED]
    with pytest.raises(stripe.InvalidRequestError, match="unknown parameter"):
        moved(hand, colour="red")


def test_a_dispute_takes_the_money_and_a_fee_until_it_is_won(hand: Hand) -> None:
    api, intent = client(hand), paid(hand)
    dispute = hand.do("dispute", intent=intent)
    seen = api.disputes.list({"payment_intent": intent}).data[0]
    assert (seen.id, seen.status, seen.amount) == (dispute["id"], "needs_response", 12000)
    assert moved(hand) == [CHARGED_BACK, CHARGED]
    with pytest.raises(stripe.InvalidRequestError, match="charged back"):
        api.refunds.create({"payment_intent": intent})
    hand.do("close_dispute", ident=dispute["id"], won=True)
    assert api.disputes.retrieve(dispute["id"]).status == "won"
    assert moved(hand) == [("dispute_reversal", 12000), CHARGED_BACK, CHARGED]
    assert hand.every("charge")[0]["disputed"]
    assert api.refunds.create({"payment_intent": intent}).status == "succeeded"
    assert told(hand) == ["created", "funds_withdrawn", "closed", "funds_reinstated"]


def test_a_dispute_that_is_lost_stays_lost(hand: Hand) -> None:
    api, intent = client(hand), paid(hand)
    api.refunds.create({"payment_intent": intent, "amount": 5000})
    dispute = hand.do("dispute", intent=intent, reason="product_not_received")
    hand.do("close_dispute", ident=dispute["id"], won=False)
    seen = api.disputes.retrieve(dispute["id"])
    assert (seen.status, seen.reason, seen.amount) == ("lost", "product_not_received", 7000)
    assert [each.net for each in seen.balance_transactions] == [-7000 - 1500]
    with pytest.raises(stripe.InvalidRequestError, match="charged back"):
        api.refunds.create({"payment_intent": intent})
    assert told(hand) == ["created", "funds_withdrawn", "closed"]


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
