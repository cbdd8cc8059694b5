"""Who runs the house and who works here: staff, sessions, tokens, first run.

Only this room writes them. Its promise: a route opens to a role or to the public, never by mistake,
and a secret is stored as a digest.
"""
