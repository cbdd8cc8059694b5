"""What every room stands on, and which knows nothing of tickets: desk, pages, errors, clock, codes.

Its tables (diary, outbox, idempotency keys) are written by the files that declare them. Its promise:
nobody hears yes before the database said yes.
"""
