"""The ways to pay, one file each: a new one is a file here and nothing else.

Each file makes one ``GATEWAY``: what it is called, where its money lies, and, where money is paid on a
page that is not ours, how its provider is reached. Nobody lists them: see ``known``.
"""
