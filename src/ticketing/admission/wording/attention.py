"""What an usher looks at besides the verdict: a proof, a wheelchair, a child."""

from collections.abc import Iterator

from ticketing.admission.answer import Answer
from ticketing.admission.models import Verdict
from ticketing.foundation.words import Words

ATTENTION: dict[str, Words] = {
    "proof": {"zh": "请看证件：{type}", "en": "Ask for proof: {type}"},
    "child": {"zh": "有孩子，按儿童规则：{type}", "en": "Children, mind the rule: {type}"},
    "wheelchair": {"zh": "轮椅席，请陪到位置", "en": "Wheelchair place: lead the way"},
    "companion": {"zh": "陪同席，和轮椅席一起", "en": "Companion's place, beside a wheelchair"},
}
LOOKED_AT = (Verdict.ADMITTED, Verdict.TOO_LATE)  # of one who is let in, now or soon


def attention(answer: Answer) -> Iterator[str]:
    """Yield the keys of ``ATTENTION`` that hold for who is let in."""
    if not (answer.ticket and answer.place) or answer.verdict not in LOOKED_AT:
        return
    if answer.ticket.proof:
        yield "proof"
    if answer.ticket.child:
        yield "child"
    yield from (each for each in answer.place.seat.attributes if each in ATTENTION)
