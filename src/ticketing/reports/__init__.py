"""Looking back: sales per performance, arrivals, exports. Reads only.

Its promise: every total equals the rows and the ledger behind it, and ``verify`` proves the house.
"""
