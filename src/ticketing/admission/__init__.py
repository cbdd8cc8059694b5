"""The door: scans and their verdicts.

``admit`` is the only writer; every attempt is stored. Promise 2: a ticket enters once, and a scan sent
again gets the answer it got.
"""
