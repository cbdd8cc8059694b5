"""The house for one performance: which seat is held, sold or kept back.

``claim`` is the only writer of performance_seat; ``by_section`` counts large halls. Promise 1
begins here: a seat is claimed by one conditional statement, and what is taken is said in one place
(``models.taken``).
"""
