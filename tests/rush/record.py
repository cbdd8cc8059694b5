"""What happened in a rush: how long each step took and how it was answered."""

import time
from collections import Counter, defaultdict

from load import Answer, Connection, Request

Answers = Counter[tuple[str, str]]  # by step and kind


class Record:
    def __init__(self) -> None:
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)
        self.answers: Answers = Counter()

    async def ask(self, step: str, connection: Connection, request: Request) -> Answer:
        begun = time.perf_counter()
        try:
            answer = await connection.ask(request)
        except OSError:
            self.answers[step, "no answer"] += 1
            raise
        self.seconds[step].append(time.perf_counter() - begun)
        self.answers[step, kind(answer)] += 1
        return answer

    def count(self) -> int:
        return sum(self.answers.values())

    def broken(self) -> Answers:
        """Return what no server may do: hang up, or fail without saying when to come again."""
        wrong = {
            key: count for key, count in self.answers.items()
            if key[1] == "no answer" or (key[1].startswith("5") and not deliberate(key[1]))
        }  # fmt: skip
        return Counter(wrong)


def kind(answer: Answer) -> str:
    """Return the status, and of a refusal its problem type."""
    if answer.status < 400:
        return str(answer.status)
    problem = answer.json()["type"].rpartition("/")[2] if b"problem+json" in answer.head else ""
    later = ", later" if answer.status == 503 and answer.header("retry-after") else ""
    return f"{answer.status} {problem}".strip() + later


def deliberate(kind: str) -> bool:
    return kind.startswith("503") and kind.endswith(", later")
