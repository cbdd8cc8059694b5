"""One small named world, written in a file: the seed, the demo and the tests' stage.

``load`` reads it and checks every name and time before anything is stored, ``seed`` calls the
rooms' acts. Its promise: seeding twice changes nothing, and seeding a changed file updates.
"""
