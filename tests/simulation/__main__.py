"""`make simulate SEEDS=500`: play so many sales, each of its own seed, and say what went wrong.

`FIRST=` is the first seed: with `SEEDS=1` it repeats one history.
"""

import logging
import sys
import time

from simulation.story import simulate


def main(first: int, seeds: int) -> int:
    logging.disable()
    began, hours, acts, crashes = time.monotonic(), 0.0, 0, 0
    for seed in range(first, first + seeds):
        story = simulate(seed)
        hours, acts, crashes = hours + story.hours, acts + story.acts, crashes + story.crashes
        if story.problems:
            print(*story.problems, sep="\n")
            print(f"Seed {seed} went wrong: make simulate FIRST={seed} SEEDS=1")
            return 1
    print(
        f"{seeds} seeds from {first}: {hours:.0f} simulated hours, {acts} acts, {crashes} crashes"
        f" in {time.monotonic() - began:.0f} s. Nothing went wrong."
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*(int(word) for word in sys.argv[1:])))
