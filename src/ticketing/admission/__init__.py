"""The door: phones, scans and their verdicts, with and without a line.

``record`` is the only writer of scans, ``devices.device`` of phones; every attempt is stored. Promise 2: a ticket
enters once, and a scan sent again gets the answer it got; who enters twice while gates are apart is told.
Others may call: ``admit``, ``offline.batch`` and ``overrule``, which lock the ticket; ``queries``; ``devices.leave``.
"""
