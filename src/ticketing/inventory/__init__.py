"""The house for one performance: which seat is held, sold or kept back.

``hold`` and ``sell`` are the only writers of performance_seat. Promise 1 begins here: a seat is
claimed by one conditional statement, and what is taken is said in one place (``models.taken``).
"""
