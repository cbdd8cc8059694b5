"""The house for one performance: which seat is held, sold or kept back.

``claim`` is the only writer of performance_seat, ``limit`` of hold_quota. Promise 1 begins here: a seat is claimed by
one conditional statement. ``search`` finds the best seats, by one measure, ``search.objective``.
Others may call: ``hold``, ``request_hold``, ``sell``, ``allocate``, ``reseat``; an order is locked before its seats.
"""
