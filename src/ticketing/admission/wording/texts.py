"""What the door says, in both languages; ``{seat}`` and the like are ``wording.Facts``.

A verdict has one text, or one more for a case of its own: see ``text_of``.
"""

from typing import Literal, NamedTuple

from ticketing.admission.models import Verdict
from ticketing.admission.verdict import Decision

Sign = Literal["yes", "again", "no", "wait"]


class Text(NamedTuple):
    """``head`` is read from three metres, ``where`` at arm's length, ``why`` when there is time."""

    head: str
    where: str  # one line or two
    why: str
    message: str


UNVERIFIED, WAITS, RELEASED = "unverified", "waits", "released"  # verdicts of a kind of their own

TEXTS: dict[str, tuple[Sign, Text, Text]] = {
    Verdict.ADMITTED: (
        "yes",
        Text("请进", "{seat}\n{side}", "票号 {number}", "请进，{place}"),
        Text("Come in", "{seat}\n{side}", "Ticket {number}", "Come in: {place}"),
    ),
    UNVERIFIED: (
        "yes",
        Text(
            "请进",
            "票号未核对\n码是真的",
            "上次联网后才出的票：座位请看票面。已记下，联网后核对。",
            "请进，码是真的，本机还没有这张票的资料，座位请看票面",
        ),
        Text(
            "Come in",
            "Not in this list\nThe code is real",
            "Sold after the last contact: read the seat on the ticket. It is checked when the line is back.",
            "Come in: the code is real, this device does not know its seat yet, read it on the ticket",
        ),
    ),
    Verdict.ALREADY_ADMITTED: (
        "again",
        Text(
            "已入场",
            "{entered} {gate}\n{seat}",
            "这张票第二次出现。先问清楚，再请主管来。",
            "{entered} {at_gate}入场，{place}",
        ),
        Text(
            "Already in",
            "{entered} {gate}\n{seat}",
            "This ticket was shown before. Ask first, then call a supervisor.",
            "Admitted {entered} {at_gate}, {place}",
        ),
    ),
    Verdict.WRONG_PERFORMANCE: (
        "no",
        Text(
            "场次不符",
            "票是 {meant}\n这里 {this}",
            "票是真的，场次不对。请到柜台问。",
            "这张票是 {meant}的，这里是 {this}",
        ),
        Text(
            "Wrong show",
            "For {meant}\nHere {this}",
            "The ticket is real, the performance is another. Ask at the box office.",
            "This ticket is for {meant}; this is {this}",
        ),
    ),
    Verdict.VOID: (
        "no",
        Text(
            "票已作废",
            "{seat}\n{side}",
            "已经退票或取消，这个码不再有效。请对方看看订单里还有没有有效的票。",
            "票号 {number} 已作废，{place}",
        ),
        Text(
            "Void",
            "{seat}\n{side}",
            "Returned or cancelled: this code is dead. Ask for a ticket that is still valid.",
            "Ticket {number} is void, {place}",
        ),
    ),
    RELEASED: (
        "again",
        Text(
            "座位已放出",
            "{seat}\n{side}",
            "开演后没到，座位给了现场候补。请带到柜台，换一个空座。",
            "开演后没到，{place}已给现场候补：请到柜台换一个空座",
        ),
        Text(
            "Seat let go",
            "{seat}\n{side}",
            "Late, and the seat went to somebody who stood by. The desk finds another seat.",
            "{place} went to somebody who stood by: please ask the desk for another seat",
        ),
    ),
    Verdict.UNPAID: (
        "no",
        Text(
            "没有付款",
            "{seat}\n{side}",
            "先留了座还没付，或者银行把钱收回去了。请到柜台。",
            "票号 {number} 没有付款，{place}",
        ),
        Text(
            "Not paid",
            "{seat}\n{side}",
            "Reserved and not paid yet, or taken back by a bank. Please go to the desk.",
            "Ticket {number} is not paid for, {place}",
        ),
    ),
    Verdict.TOO_EARLY: (
        "no",
        Text(
            "还没开门",
            "{opens} 起验票",
            "票是对的，{place}。请在外面稍等。",
            "{opens} 起验票，{place}",
        ),
        Text(
            "Too early",
            "From {opens}",
            "The ticket is right: {place}. Please wait outside.",
            "Tickets are checked from {opens}, {place}",
        ),
    ),
    Verdict.TOO_LATE: (
        "no",
        Text(
            "已经散场",
            "{ended} 结束",
            "票是这一场的，{place}，演出已经结束。",
            "这一场 {ended} 已经结束，{place}",
        ),
        Text(
            "Too late",
            "Ended {ended}",
            "The ticket is for this performance, {place}, but it is over.",
            "This performance ended {ended}, {place}",
        ),
    ),
    WAITS: (
        "wait",
        Text(
            "请稍等",
            "{goes_in} 一起进\n{seat}",
            "票是对的，{place}。演出中不进场，到段落间隙一起进。",
            "票是对的，{place}。{goes_in} 段落间隙一起进场",
        ),
        Text(
            "Please wait",
            "In at {goes_in}\n{seat}",
            "The ticket is right: {place}. Latecomers go in together between two chapters.",
            "The ticket is right: {place}. Latecomers go in together at {goes_in}",
        ),
    ),
    Verdict.WRONG_GATE: (
        "no",
        Text(
            "门不对",
            "{seat}\n{side}",
            "票是真的，座位不从这个门进。请走：{right_gates}。",
            "{place}不从这个门进，请走：{right_gates}",
        ),
        Text(
            "Wrong gate",
            "{seat}\n{side}",
            "The ticket is real, but its seat has another gate: {right_gates}.",
            "{place} has another gate: {right_gates}",
        ),
    ),
    Verdict.HOUSE_FULL: (
        "no",
        Text(
            "已满场",
            "场内 {inside} / {capacity}\n{seat}",
            "票是对的，但场内已到核准人数。先别放人，请主管来数一数。",
            "场内已到核准人数 {capacity}，{place}",
        ),
        Text(
            "House full",
            "Inside {inside} / {capacity}\n{seat}",
            "The ticket is right, but as many are inside as may be. Call a supervisor to count.",
            "{capacity} are inside, as many as may be; {place}",
        ),
    ),
    Verdict.STALE_CODE: (
        "no",
        Text(
            "码已过期",
            "可能是截图\n{seat}",
            "本场的码会变。请对方打开票页，扫正在变的码；手机坏了，请主管核对姓名。",
            "本场的码每半分钟变一次，这个已经过期：请打开票页，不要用截图",
        ),
        Text(
            "Old code",
            "Perhaps a picture\n{seat}",
            "Codes change tonight. Ask for the ticket's page, not a picture; a dead phone: a supervisor.",
            "Tonight's codes change every half minute and this one is old: open the ticket's page",
        ),
    ),
    Verdict.LEFT: (
        "yes",
        Text(
            "已出场",
            "{seat}\n{side}",
            "回来时再扫一次，照常进。票号 {number}",
            "已出场，{place}，可以再进",
        ),
        Text(
            "Out",
            "{seat}\n{side}",
            "Scanned again it comes back in. Ticket {number}",
            "Out: {place}; may come back",
        ),
    ),
    Verdict.NOT_INSIDE: (
        "again",
        Text(
            "没有进场记录",
            "{seat}\n{side}",
            "这张票现在不在场内，出场不用登记。要进场请切回“进场”。",
            "{place}现在没有进场记录",
        ),
        Text(
            "Not inside",
            "{seat}\n{side}",
            "Nobody is inside on this ticket. To let it in, switch back to the way in.",
            "Nobody is inside on this ticket: {place}",
        ),
    ),
    Verdict.INVALID: (
        "no",
        Text(
            "无效的码",
            "不是我们的票",
            "或者码没拍全、改过。屏幕调亮再扫一次；不行就输票号。",
            "这不是我们的票，或者码没拍全、改过",
        ),
        Text(
            "Not valid",
            "Not one of our tickets",
            "Or the code was cut or changed. Brighten the screen and scan again, or type its number.",
            "This is not one of our tickets, or its code was cut or changed",
        ),
    ),
    Verdict.UNKNOWN: (
        "no",
        Text(
            "查无此票",
            "这一场没有这张票",
            "号码再核对一次；还是没有，请主管来。",
            "这一场没有这张票的记录，请核对号码",
        ),
        Text(
            "Not found",
            "No such ticket here",
            "Check the number once more; if it is still missing, call a supervisor.",
            "There is no record of this ticket for this performance: please check the number",
        ),
    ),
}


def text_of(decision: Decision, standing: str = "") -> str:
    """Return under which key this decision's text stands; ``standing``: the ticket's."""
    if decision.verdict is Verdict.VOID and standing == RELEASED:
        return RELEASED
    if decision.unverified:
        return UNVERIFIED
    if decision.verdict is Verdict.TOO_LATE and decision.goes_in_at is not None:
        return WAITS
    return decision.verdict
