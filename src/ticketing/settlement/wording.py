"""What stands on a settlement, line by line, in both languages: the page and the files say the same."""

from typing import Any, NamedTuple

from ticketing.foundation.words import Words


class Said(NamedTuple):
    """``kind``: count, money, or share in thousandths."""

    key: str
    words: Words
    kind: str


PARTS: list[tuple[Words, list[Said]]] = [
    (Words(zh="座位和人", en="Seats and people"), [
        Said("capacity", Words(zh="核准人数", en="Licensed capacity"), "count"),
        Said("seats", Words(zh="座位", en="Seats"), "count"),
        Said("kept", Words(zh="留票", en="Kept by the house"), "count"),
        Said("sold", Words(zh="有效票", en="Live tickets"), "count"),
        Said("comps", Words(zh="其中赠票", en="Comps among them"), "count"),
        Said("returned", Words(zh="退掉的票", en="Returned tickets"), "count"),
        Said("admitted", Words(zh="到场", en="Came"), "count"),
        Said("occupancy", Words(zh="付费上座率", en="Paid occupancy"), "share"),
        Said("attendance", Words(zh="到场率", en="Attendance"), "share"),
    ]),
    (Words(zh="收入", en="Takings"), [
        Said("gross", Words(zh="票面总额", en="Gross at face price"), "money"),
        Said("comps_value", Words(zh="减：赠票票面", en="less comps at face price"), "money"),
        Said("discounts", Words(zh="减：优惠", en="less discounts"), "money"),
        Said("funded", Words(zh="减：资助方补贴", en="less funded"), "money"),
        Said("tickets", Words(zh="观众实付", en="Paid by buyers"), "money"),
        Said("fees", Words(zh="加：退票手续费", en="plus return fees"), "money"),
        Said("losses", Words(zh="减：损失", en="less losses"), "money"),
        Said("net", Words(zh="净收入", en="Net"), "money"),
    ]),
    (Words(zh="钱在哪里", en="Where the money is"), [
        Said("refunds", Words(zh="一共退给观众", en="Paid back to buyers in all"), "money"),
        Said("owed", Words(zh="还要退", en="Still to be paid back"), "money"),
        Said("disputed", Words(zh="银行争议中", en="Disputed by banks"), "money"),
        Said("provider_fees", Words(zh="支付平台手续费", en="Providers' fees"), "money"),
        Said("revenue", Words(zh="账上的收入（含补贴）", en="Revenue in the books, with the funded part"), "money"),
    ]),
]  # fmt: skip
ACCOUNTS: dict[str, Words] = {
    "cash": Words(zh="柜台现金", en="Cash at the desk"),
    "desk_clearing": Words(zh="柜台扫码", en="The desk's QR code"),
    "card_clearing": Words(zh="柜台刷卡", en="Cards at the desk"),
    "provider_clearing": Words(zh="支付平台", en="Payment providers"),
    "bank": Words(zh="银行", en="Bank"),
}
WRONG: dict[str, Words] = {
    "tickets": Words(zh="观众实付", en="what buyers paid"),
    "funded": Words(zh="补贴", en="what is funded"),
    "deferred": Words(zh="待确认和已确认收入", en="what is deferred or earned"),
    "gross": Words(zh="票面总额", en="the gross"),
    "money": Words(zh="各处的钱", en="where the money is"),
}


def changed(was: Any, now: Any) -> list[tuple[Said, int, int]]:
    """Return each figure that two sheets say otherwise."""
    return [
        (said, was["figures"][said.key], now["figures"][said.key])
        for _, saids in PARTS
        for said in saids
        if was["figures"][said.key] != now["figures"][said.key]
    ]
