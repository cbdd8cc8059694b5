"""Money in and out: payments, refunds, what providers told us.

``attempt`` is the only writer of a payment's status, ``inbox`` stores events, ``refund`` owes money
back. Promise 3: money is heard once, and nothing about it is ever deleted.
"""
