"""Double entry: every money act posts here, in its own transaction.

``post`` is the only writer and rows are never changed. Promise 5: the books balance by construction,
and a thing is entered once.
"""
