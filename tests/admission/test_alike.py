"""The server and the script at the door answer alike; and no text that is held before a camera breaks either."""

import json
import re
import secrets
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from nodejs import node
from ticketing.foundation.codes import normalise_short
from ticketing.tickets.sign import BrokenCode, TicketCode, read, sign
from vectors.cases import GOLDEN, PRIVATE, QUESTIONS, asked

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:TZé票\U0001f3ad\x00\ud800\u3000Ａ\n"
FUZZ = 100_000


def test_the_server_answers_as_it_did() -> None:
    for case in json.loads(GOLDEN.read_text()):
        _, answer = QUESTIONS[case["kind"]]
        assert json.loads(json.dumps(answer(case["case"]))) == case["answer"]


@pytest.mark.parametrize("without", [[], ["--without-subtle"]])
def test_the_script_answers_as_the_server_did(without: list[str]) -> None:
    count = len(json.loads(GOLDEN.read_text()))
    assert node("agree.mjs", str(GOLDEN), *without) == f"{count} alike"


def test_they_answer_alike_whatever_is_asked(tmp_path: Path) -> None:
    seed = secrets.randbelow(10**9)
    cases = tmp_path / f"seed-{seed}.json"
    cases.write_text(json.dumps(asked(seed, 500)))
    assert node("agree.mjs", str(cases)) == "7000 alike"


def test_every_verdict_and_every_kind_of_text_was_asked() -> None:
    cases = json.loads(GOLDEN.read_text())
    answers = {kind: [c["answer"] for c in cases if c["kind"] == kind] for kind in QUESTIONS}
    assert len({answer["verdict"] for answer in answers["verdict"]}) >= 12
    assert {bool(answer and answer["signed"]) for answer in answers["token"]} == {True, False}
    assert {answer["fresh"] for answer in answers["rotating"]} == {True, False}
    assert any(answer["twice"] for answer in answers["fold"])


def test_reading_never_raises_but_to_say_that_a_code_is_broken() -> None:
    rng = Random(2)
    good = sign(TicketCode(3, 20260523, 2**53 - 5, 1), PRIVATE)
    readings = 0
    for _ in range(FUZZ):
        with suppress(BrokenCode):
            read(spoilt(good, rng))
            readings += 1
        with suppress(ValueError):
            normalise_short(spoilt(good, rng))
    assert 0 < readings < FUZZ


def spoilt(good: str, rng: Random) -> str:
    if rng.random() < 0.5:
        return "".join(rng.choices(SIGNS, k=rng.randrange(160)))
    at = rng.randrange(len(good))
    return good[:at] + rng.choice(SIGNS) + good[at + rng.randrange(3) :]


def test_the_script_reads_whatever_it_sees_without_an_error() -> None:
    good = sign(TicketCode(3, 20260523, 2**53 - 5, 1), PRIVATE)
    found = re.fullmatch(r"100000 texts, (\d+) read", node("fuzz.mjs", good))
    assert found
    assert int(found[1]) > 0
