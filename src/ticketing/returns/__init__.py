"""Tickets come back: by the ladder, free of charge after a change, or all of a cancelled performance.

No tables of its own: it quotes, revokes tickets and owes refunds. Promises: never more goes back than is left,
and the fee is shown before it is taken.
Others may call: ``quote``, ``return_tickets``, ``revoke``, ``refund``; ``revoke`` and ``refund`` want the order locked.
"""
