"""What the door says, in both languages. ``{0.seat}`` and the like are ``wording.Facts``."""

from typing import Literal, NamedTuple

from ticketing.admission.models import Verdict

Sign = Literal["yes", "again", "no"]


class Text(NamedTuple):
    """``head`` is read from three metres, ``where`` at arm's length, ``why`` when there is time."""

    head: str
    where: str  # one line or two
    why: str
    message: str


TEXTS: dict[Verdict, tuple[Sign, Text, Text]] = {
    Verdict.ADMITTED: (
        "yes",
        Text("请进", "{0.seat}\n{0.side}", "票号 {0.number}", "请进，{0.place}"),
        Text("Come in", "{0.seat}\n{0.side}", "Ticket {0.number}", "Come in: {0.place}"),
    ),
    Verdict.ALREADY_ADMITTED: (
        "again",
        Text(
            "已入场",
            "{0.entered} {0.gate}\n{0.seat}",
            "这张票第二次出现。先问清楚，再请主管来。",
            "{0.entered} {0.at_gate}入场，{0.place}",
        ),
        Text(
            "Already in",
            "{0.entered} {0.gate}\n{0.seat}",
            "This ticket was shown before. Ask first, then call a supervisor.",
            "Admitted {0.entered} {0.at_gate}, {0.place}",
        ),
    ),
    Verdict.WRONG_PERFORMANCE: (
        "no",
        Text(
            "场次不符",
            "票是 {0.meant}\n这里 {0.this}",
            "票是真的，场次不对。请到柜台看能不能换。",
            "这张票是 {0.meant}的，这里是 {0.this}",
        ),
        Text(
            "Wrong show",
            "For {0.meant}\nHere {0.this}",
            "The ticket is real, the performance is another. Ask at the box office.",
            "This ticket is for {0.meant}; this is {0.this}",
        ),
    ),
    Verdict.VOID: (
        "no",
        Text(
            "票已作废",
            "{0.seat}\n{0.side}",
            "已退票、转让或换票，旧码不再有效。请对方打开最新的票。",
            "票号 {0.number} 已作废，{0.place}",
        ),
        Text(
            "Void",
            "{0.seat}\n{0.side}",
            "Returned, passed on or exchanged: the old code is dead. Ask for the newest ticket.",
            "Ticket {0.number} is void, {0.place}",
        ),
    ),
    Verdict.UNPAID: (
        "no",
        Text(
            "没有付款",
            "{0.seat}\n{0.side}",
            "先留了座还没付，或者银行把钱收回去了。请到柜台。",
            "票号 {0.number} 没有付款，{0.place}",
        ),
        Text(
            "Not paid",
            "{0.seat}\n{0.side}",
            "Reserved and not paid yet, or taken back by a bank. Please go to the desk.",
            "Ticket {0.number} is not paid for, {0.place}",
        ),
    ),
    Verdict.TOO_EARLY: (
        "no",
        Text(
            "还没开门",
            "{0.opens} 起验票",
            "票是对的，{0.place}。请在外面稍等。",
            "{0.opens} 起验票，{0.place}",
        ),
        Text(
            "Too early",
            "From {0.opens}",
            "The ticket is right: {0.place}. Please wait outside.",
            "Tickets are checked from {0.opens}, {0.place}",
        ),
    ),
    Verdict.TOO_LATE: (
        "no",
        Text(
            "已经散场",
            "{0.ended} 结束",
            "票是这一场的，{0.place}，演出已经结束。",
            "这一场 {0.ended} 已经结束，{0.place}",
        ),
        Text(
            "Too late",
            "Ended {0.ended}",
            "The ticket is for this performance, {0.place}, but it is over.",
            "This performance ended {0.ended}, {0.place}",
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
