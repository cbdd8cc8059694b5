"""What is on: seasons, productions, performances, people.

``announce``, ``schedule`` and ``cast`` write it, ``pause`` stops and resumes a sale. Its promise: what
the public reads of date, time and cast is what the performance says.
"""
