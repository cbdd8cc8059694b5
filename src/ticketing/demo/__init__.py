"""The demo: the shipped world with evenings that people really bought, paid for and entered.

``prepare`` makes it and tops it up. Its promise: every order, ticket, entry in the books, letter and
scan was made by the same acts as a real one, with the clock set back, never by an insert.
"""
