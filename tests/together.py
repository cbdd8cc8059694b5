"""Many threads at one instant."""

import threading
from collections.abc import Callable


def together(count: int, act: Callable[[int], object]) -> list[object]:
    """Run ``act(0..count)`` from threads that start as one; return answers and exceptions."""
    start = threading.Barrier(count)
    answers: list[object] = [None] * count

    def run(n: int) -> None:
        start.wait()
        try:
            answers[n] = act(n)
        except Exception as error:
            answers[n] = error

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def failures(answers: list[object]) -> list[Exception]:
    return [answer for answer in answers if isinstance(answer, Exception)]
