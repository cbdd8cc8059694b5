"""Money in and out: payments, refunds, disputes, what was returned, what providers told us.

``attempt``, ``refund`` and ``dispute`` are the only writers of their statuses, ``returned`` of the lines
given up; ``inbox`` stores events. Promise 3: money is heard once, and nothing about it is ever deleted.
"""
