"""The database: connections, transactions, the schema, backups; the diary, the outbox, idempotency keys.

Its tables are written by the files that declare them. Promise: nobody hears yes before the database said yes.
Others may call: ``desk.Desk``; within a transaction ``diary.note``, ``outbox.post``, ``idempotency.once``.
"""
