"""A stand-in for Stripe on this machine: spoken to over HTTP by the official library.

Checkout Sessions with a hosted page (card, Alipay, WeChat Pay), refunds that stay pending or fail,
disputes, payouts and every movement of money; signed events that are doubled, reordered, held back and
sent again, idempotency keys, a clock that can be moved, and faults: an answer that never comes, before
or after the thing was done. Every request and every object is validated against Stripe's OpenAPI
description where ``STRIPE_OPENAPI`` names it.

``running(...)`` serves it from a thread of a test; ``python -m stripe_stand_in`` serves it alone, or
beside a demo: ``make demo STRIPE=stand-in``.
Whoever has it in hand does what people and Stripe do by ``POST /control/<act>`` with JSON (see
``hand.Hand``). Nothing is kept: it ends with its process.
"""
