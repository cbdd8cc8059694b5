"""What is drawn of a hall, as SVG: the seat map, a large hall, the tiers cut across, the view from a seat, the ways in.

No tables, no database, no web: a plan and words in, a drawing out. Promise: to scale, and shape before colour.
Others may call all of it, under no lock.
"""
