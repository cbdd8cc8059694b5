"""How the diary of an order is read at the office, by verb; "cash" where the desk's drawer moved, "given" where
it is known how much was handed over. What was done in one moment is told in this order."""

from ticketing.foundation.words import Words


def same(zh: str, en: str) -> dict[str, Words]:
    return {"": {"zh": zh, "en": en}}


STORY: dict[str, dict[str, Words]] = {
    "order.placed": same("下单 {count} 张，共 {total}", "Ordered: {count} ticket{s}, {total}"),
    "order.lapsed": same("没按时付款，座位放回", "Not paid in time: the seats are free again"),
    "payment.taken": {
        "": {"zh": "收到 {amount}，{way}", "en": "Took {amount}: {way}"},
        "cash": {"zh": "收现金 {amount}，{drawer}", "en": "Took {amount} in cash, {drawer}"},
        "given": {
            "zh": "收现金 {amount}，给了 {given}，找零 {change}，{drawer}",
            "en": "Took {amount} in cash: {given} given, {change} change, {drawer}",
        },
    },
    "order.paid": same("付清 {paid}，票生效", "Paid in full: {paid}. The tickets are valid"),
    "payment.returned": same("付款 {amount} 没有换到票，退回", "A payment of {amount} bought nothing: it goes back"),
    "comp.issued": same("开赠票 {count} 张", "Issued {count} comp{s}"),
    "order.returned": same(
        "退票 {count} 张，退 {amount}，手续费 {fee}",
        "Returned {count} ticket{s}: {amount} back, fee {fee}",
    ),
    "order.cancelled": same(
        "取消订单，{count} 张作废，退 {amount}，手续费 {fee}",
        "Cancelled: {count} ticket{s} void, {amount} back, fee {fee}",
    ),
    "order.performance_cancelled": same(
        "演出取消，{count} 张作废，退 {amount}",
        "The performance was cancelled: {count} ticket{s} void, {amount} back",
    ),
    "order.released": same("没到场，座位放给现场候补", "Nobody came: the seat was let go"),
    "refund.pending": same("退款 {amount} 已交给{way}", "A refund of {amount} is with {way}"),
    "refund.succeeded": {
        "": {"zh": "退回 {amount}，{way}", "en": "{amount} went back: {way}"},
        "cash": {"zh": "付出现金 {amount}，{drawer}", "en": "Handed out {amount} in cash, {drawer}"},
    },
    "refund.failed": same("{amount} 要人工退", "{amount} has to be paid out by hand"),
    "refund.paid_out": same("人工退了 {amount}", "Paid out {amount} by hand"),
    "refund.covered": same("其中 {amount} 先前已经退了", "{amount} of it had gone back before"),
    "refund.found": same("{amount} 在支付平台退了，不是从这里", "{amount} went back at the provider, not from here"),
    "dispute.opened": same("银行争议 {amount}，等结果", "The bank disputes {amount}"),
    "dispute.won": same("争议有结果：钱归我们", "The dispute was decided for us"),
    "dispute.lost": same("争议有结果：{amount} 归买票人", "The dispute was lost: {amount}"),
    "invoice.requested": same("申请发票", "Asked for an invoice"),
    "invoice.issued": same("发票已开", "The invoice was issued"),
    "invoice.refused": same("发票没有开", "The invoice was refused"),
    "contact.corrected": same("改了联系方式", "Corrected who is written to"),
    "tickets.sent_again": same("再寄一次票", "Asked for the tickets to be sent again"),
}  # fmt: skip

LETTERS: dict[str, Words] = {
    "sent": {"zh": "寄出{what}到 {to}", "en": "Sent to {to}: {what}"},
    "waiting": {"zh": "{what}还没寄到 {to}", "en": "Not sent yet to {to}: {what}"},
    "given_up": {
        "zh": "{what}寄不到 {to}，已放弃",
        "en": "Could not be sent to {to}, given up: {what}",
    },
    "letter": {"zh": "信", "en": "a letter"},
    "tickets": {"zh": "电子票", "en": "the tickets"},
    "reserved": {"zh": "留座通知", "en": "what is reserved"},
    "returned": {"zh": "退款通知", "en": "what was returned"},
    "changed": {"zh": "变更通知", "en": "what has changed"},
}
