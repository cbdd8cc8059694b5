"""What every door stands on: the request, pages, refusals, guards, routers, static files, the health of the process.

No tables. Promise: whatever went wrong, a person reads a sentence and a program a problem (RFC 9457).
Only rooms' ``doors`` and the app may call it; ``fast`` holds answers that are made once for many.
"""
