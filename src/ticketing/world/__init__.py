"""One small named world, written in a file: the seed, the demo and the tests' stage.

``load`` reads it and checks every name, time and sum before anything is stored; ``compare`` says what
seeding would do, ``seed`` does it by the rooms' acts. Its promise: seeding twice changes nothing, a
changed file updates what it alone changed, and what the office set stays. ``seeded`` is written here
alone.
"""
