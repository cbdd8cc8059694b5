"""What every room stands on: words, money, time, codes, errors, the files that people write, the house's own settings.

It knows nothing of tickets, databases or the web, and keeps no tables.
Others may call all of it, under no lock.
"""
