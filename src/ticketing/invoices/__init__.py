"""Requests for invoices: a buyer asks on the order's page, the office exports them and says what was issued.

Keeps: who asked for which invoice; the tax office's own system issues them. Promises: an issued one stays as it is.
Others may call: ``request.ask_for_invoice``; ``status`` alone writes a request, locked by nothing but its row.
"""
