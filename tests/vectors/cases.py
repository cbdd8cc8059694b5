"""Questions that the server and a browser at the door must answer alike, with the server's answers.

PYTHONPATH=tests python -m vectors.cases    writes the golden ones anew
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ticketing.admission.fold import Seen, fold, merge, people_inside
from ticketing.admission.offline import sealed
from ticketing.admission.verdict import Code, Right, Rules, decide
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.codes import normalise_short
from ticketing.tickets.rotating import Moment, gate_key, is_fresh, moment, ticket_secret
from ticketing.tickets.sign import BrokenCode, ForgedCode, TicketCode, check, read, sign

GOLDEN = Path(__file__).parent / "golden.json"
START = 1_779_519_600_000
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
KEYS = {3: PRIVATE.public_key()}
WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$%*+-./:"}

Case = dict[str, Any]


def text(data: bytes) -> str:
    return b64encode(data).decode().rstrip("=")


def token_case(rng: Random) -> Case:
    """A ticket's code, sometimes widened, padded, cut, changed or signed by a stranger."""
    code = TicketCode(
        rng.choice((3, 3, 3, 4)), rng.getrandbits(32), rng.getrandbits(64), rng.getrandbits(8)
    )
    shown = bytes(moment(rng.randbytes(32), START)) if rng.random() < 0.3 else b""
    shown_text = sign(code, rng.choice((PRIVATE, PRIVATE, STRANGER)), shown)
    spoilt = rng.choice(
        (str, widened, padded, scanned, unseen(rng), cut(rng), changed(rng), doubled)
    )(shown_text)
    return {
        "text": spoilt,
        "keys": {str(n): text(key.public_bytes_raw()) for n, key in KEYS.items()},
    }


def widened(shown: str) -> str:
    return shown.translate(WIDE).replace(" ", "\u3000")


def padded(shown: str) -> str:
    return f" \t{shown}\r\n"


def scanned(shown: str) -> str:
    return f"\x02]Q1{shown.swapcase()}\x1d\r"


def unseen(rng: Random) -> Callable[[str], str]:
    def put(shown: str) -> str:
        at = rng.randrange(len(shown))
        return (
            shown[:at] + rng.choice("\u200b\u202d\ufeff\xad\u3164\ufe0f\x07\x85\u2060") + shown[at:]
        )

    return put


def doubled(shown: str) -> str:
    return shown + shown


def cut(rng: Random) -> Callable[[str], str]:
    return lambda shown: shown[: rng.randrange(len(shown))] + shown[rng.randrange(len(shown)) :]


def changed(rng: Random) -> Callable[[str], str]:
    def change(shown: str) -> str:
        at = rng.randrange(len(shown))
        return shown[:at] + rng.choice("0Z$ :é票\U0001f3ad\x00a") + shown[at + 1 :]

    return change


def token_answer(case: Case) -> Any:
    try:
        reading = read(case["text"])
    except BrokenCode:
        return None
    try:
        check(reading, KEYS)
        signed = True
    except ForgedCode:
        signed = False
    code = reading.code
    return {
        "key": code.key, "performance": code.performance, "issue": code.issue,
        "number": text(code.ticket.to_bytes(8, "big")), "moment": text(reading.moment), "signed": signed,
    }  # fmt: skip


def short_case(rng: Random) -> Case:
    length = rng.choice((5, 6, 6, 6, 6, 7))
    signs = "23456789CDFHJKMNPQRTVWXYABGSUZabgsuzcdfＡＢ２- \u3000IO01票\u200b\u202d\u2011–—−ー\ufeff\x1d\x85"
    return {"text": "".join(rng.choice(signs) for _ in range(length))}


def short_answer(case: Case) -> Any:
    try:
        return normalise_short(case["text"])
    except ValueError:
        return None


def rotating_case(rng: Random) -> Case:
    at = START + rng.randrange(-(10**9), 10**12)
    number, issue = rng.getrandbits(64), rng.getrandbits(8)
    gate = gate_key("secret", rng.getrandbits(32))
    secret = ticket_secret(gate, number, rng.choice((issue, issue, issue, issue ^ 1)))
    shown = bytes(moment(secret, at + rng.randrange(-120_000, 120_000)))
    return {
        "gate_key": text(gate), "number": text(number.to_bytes(8, "big")), "issue": issue,
        "shown": text(shown[: rng.choice((11, 11, 11, 11, 10))]), "at": at,
    }  # fmt: skip


def rotating_answer(case: Case) -> Any:
    number = int.from_bytes(data(case["number"]), "big")
    secret = ticket_secret(data(case["gate_key"]), number, case["issue"])
    shown = Moment.read(data(case["shown"]))
    return {"secret": text(secret), "fresh": is_fresh(shown, secret, case["at"])}


def sealed_case(rng: Random) -> Case:
    key, signature = rng.randbytes(16), rng.randbytes(64)
    lines = [[rng.randrange(9), "12", "K7QM42", rng.randrange(-1, 4), []] for _ in range(2)]
    other = signature if rng.random() < 0.7 else rng.randbytes(64)
    return {
        "performance": rng.getrandbits(32), "number": text(rng.randbytes(8)),
        "share": text(sealed.share(key, signature)), "signature": text(other),
        "sealed": text(sealed.seal(key, json.dumps(lines).encode())),
    }  # fmt: skip


def sealed_answer(case: Case) -> Any:
    number = int.from_bytes(data(case["number"]), "big")
    key = sealed.share(data(case["share"]), data(case["signature"]))
    try:
        lines = json.loads(sealed.unseal(key, data(case["sealed"])))
    except InvalidTag:
        lines = None
    return {"index": text(sealed.index(case["performance"], number)), "lines": lines}


def verdict_case(rng: Random) -> Case:
    rules = Rules(
        7, START - 30 * MINUTE, START, START + 90 * MINUTE, rng.choice((0, 3, 150)),
        rng.choice(((), (22, 45), (22, 45))), rng.choice(((), ("stool",), ("chair", "cushion"))),
    )  # fmt: skip
    signed = [Code(7, issue, rng.random() < 0.9) for issue in (1, 1, 2)]
    code = rng.choice((None, Code(), Code(fresh=False), *signed, Code(8, 1)))
    live = [Right(1, "live", section) for section in ("stool", "chair", "stool")]
    right = rng.choice(
        (
            None,
            Right(1, "void", "stool"),
            Right(1, "released", "stool"),
            Right(1, "unpaid", "stool"),
            *live,
        )
    )
    edge = rng.choice((-45, -30, 0, 22, 25, 45, 48, 90)) * MINUTE + rng.choice((-1, 0, 1))
    now = {
        "is_inside": rng.random() < 0.3, "inside": rng.choice((0, 2, 3, 150)),
        "at": START + rng.choice((edge, edge, rng.randrange(-60, 100) * MINUTE)),
        "way": rng.choice(("in", "in", "out")), "knows_all": rng.random() < 0.5,
    }  # fmt: skip
    return {
        "code": code and code._asdict(), "right": right and right._asdict(),
        "rules": rules._asdict(), "now": now,
    }  # fmt: skip


def verdict_answer(case: Case) -> Any:
    code, right, rules = case["code"], case["right"], dict(case["rules"])
    rules |= {name: tuple(rules[name]) for name in ("breaks", "sections")}
    return decide(
        Code(**code) if code else None, Right(**right) if right else None, Rules(**rules),
        **case["now"],
    )._asdict()  # fmt: skip


def fold_case(rng: Random) -> Case:
    def scan() -> Seen:
        return Seen(
            rng.choice("ab"), rng.randrange(5), START + rng.randrange(4), rng.choice(("east", "west")),
            rng.choice(("admitted", "admitted", "admitted", "left", "void", "already_admitted")),
            rng.random() < 0.7, rng.random() < 0.1, rng.random() < 0.1,
        )  # fmt: skip

    return {
        "sets": [
            [scan()._asdict() for _ in range(rng.randrange(7))] for _ in range(rng.randrange(1, 4))
        ]
    }


def fold_answer(case: Case) -> Any:
    merged = merge(*([Seen(**scan) for scan in scans] for scans in case["sets"]))
    past = fold(merged.values())
    return {
        "merged": [merged[key]._asdict() for key in sorted(merged)],
        "entered": past.entered and past.entered._asdict(), "entries": past.entries,
        "twice": [[each.first._asdict(), each.second._asdict()] for each in past.twice],
        "bodies": people_inside(merged.values()),
    }  # fmt: skip


def data(shown: str) -> bytes:
    return b64decode(shown + "=" * (-len(shown) % 4))


QUESTIONS: dict[str, tuple[Callable[[Random], Case], Callable[[Case], Any]]] = {
    "token": (token_case, token_answer),
    "short": (short_case, short_answer),
    "rotating": (rotating_case, rotating_answer),
    "sealed": (sealed_case, sealed_answer),
    "verdict": (verdict_case, verdict_answer),
    "fold": (fold_case, fold_answer),
}


def asked(seed: int, count: int) -> list[Case]:
    """Return so many cases of each question with its answers, as JSON has them."""
    rng = Random(seed)
    cases = []
    for kind, (ask, answer) in QUESTIONS.items():
        for _ in range(count * (9 if kind == "verdict" else 1)):
            case = json.loads(json.dumps(ask(rng)))
            cases.append(
                {"kind": kind, "case": case, "answer": json.loads(json.dumps(answer(case)))}
            )
    return cases


if __name__ == "__main__":
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in asked(1, 20))
    GOLDEN.write_text(f"[\n{lines}\n]\n")
