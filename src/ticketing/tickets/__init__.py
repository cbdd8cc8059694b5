"""The right to enter: tickets, their signed codes, the keys, the count against the approved number.

``issue`` and ``void`` write tickets and count them. Promises 1 and 6: one live ticket a seat, and never
more live tickets than people approved.
"""
