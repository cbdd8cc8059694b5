"""The public front: festival, performance and seat pages and their JSON. No tables, reads only.

Its promise: readable in two seconds on a phone, in both languages, without JavaScript too.
"""
