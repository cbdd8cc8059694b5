"""What the drawers leave to be looked at: left open since yesterday, off at the count, cash of nobody's drawer."""

from collections.abc import Iterable

from ticketing.desk.db import Tx
from ticketing.desk.matter import Matter
from ticketing.foundation.clock import DAY, HOUR
from ticketing.foundation.money import exact
from ticketing.ledger.drawer import drawers

LEFT_OPEN, LOOKED_AT = 12 * HOUR, 7 * DAY  # what was off a week ago was seen
LOOK = {"zh": "看钱箱", "en": "Drawers"}


def drawer_matters(tx: Tx, now: int) -> Iterable[Matter]:
    for row in drawers(tx, None):
        about = {
            "zh": f"钱箱“{row.name}”" if row.name else "钱箱",
            "en": f"Drawer {row.name}".strip(),
        }
        if row.closed_at is None and row.opened_at < now - LEFT_OPEN:
            says = {
                "zh": "开了半天多，还没有清点关箱。",
                "en": "has been open for more than half a day.",
            }
            yield Matter("warn", about, says, "/office/drawers", LOOK)
        elif row.closed_at is not None and row.off and row.closed_at > now - LOOKED_AT:
            off = exact(abs(row.off), row.currency)
            zh, en = ("多", "too much") if row.off > 0 else ("少", "too little")
            says = {"zh": f"清点{zh}了 {off}。", "en": f"holds {off} {en}."}
            yield Matter("bad", about, says, "/office/drawers", LOOK)
