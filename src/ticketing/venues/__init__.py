"""The building: venues, halls, gates, seating plans.

``draw`` writes plans, ``register`` the rest; ``plan_exchange`` reads and writes their files. Its
promise: a plan version never changes, and a seat keeps its id over versions, so that no sale is
ever orphaned.
"""
