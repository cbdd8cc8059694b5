"""The `ticketing` command: one file for each thing that whoever runs the box office does.

Each file has ``add_to``, which hangs its commands on the parser, and the commands themselves; ``main``
names the files. It promises an exit code and a sentence: 0 done, 1 found wrong, 2 not done and why.
"""
