"""What a provider and we tell each other: pages, events, disputes, reconciling, refunds paid by hand.

No tables of its own. Promises: money is heard once, in any order, and stored before anything is decided about it.
Others may call: ``conversation`` outside any transaction; ``apply_event`` in one, which locks the order itself.
"""
