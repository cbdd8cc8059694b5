"""Of a provider's events only those are looked into that tell something new."""

import pytest
import stripe

from ticketing.payments.stripe_objects import told


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("checkout.session.completed", True),
        ("refund.updated", True),
        ("charge.dispute.created", True),
        ("payment_intent.created", False),
        ("payment_intent.succeeded", False),
        ("charge.succeeded", False),
        ("charge.updated", False),
        ("invoice.paid", False),
    ],
)
def test_an_event_points_somewhere_only_where_it_tells_something(kind: str, asked: bool) -> None:
    thing = {"object": "thing", "metadata": {"payment": "p1", "refund": "r1"}}
    event = stripe.Event.construct_from(
        {"id": "evt_1", "type": kind, "data": {"object": thing}}, "k"
    )
    found = told(event)
    assert (found.payment_id, found.refund_id) == (("p1", "r1") if asked else ("", ""))
