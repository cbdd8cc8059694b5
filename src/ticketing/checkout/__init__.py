"""The corridor from a hold to a ticket: place, confirm, fulfil, lapse, pay again. No tables of its own.

It calls the rooms below in one order (order, seats, tickets, books, mail), in one transaction.
Promise 4: nobody pays for nothing.
"""
