"""What must always be true, as SQL that returns what breaks it: of seats and tickets, of money, of the books.

No tables; reads only, on both databases, beside the sales. Promise: ``verify`` proves the house, or names the rows.
Others may call: ``verify.verify`` in a reading transaction.
"""
