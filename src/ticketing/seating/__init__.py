"""Seating plans: read from files of ours and of others, checked, stored as versions, rated seat by seat.

``store`` alone writes them. Promise: a plan version never changes, and a seat keeps its id over versions, so that no
sale is ever orphaned.
Others may call: ``queries.plan``, which is kept in memory; ``plan``, ``runs`` and ``strain`` are pure.
"""
