"""What requests for invoices leave to be looked at."""

from collections.abc import Iterable

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.matter import Matter
from ticketing.orders.models import InvoiceRequest, InvoiceStatus


def invoices_asked(tx: Tx, now: int) -> Iterable[Matter]:
    waits = InvoiceRequest.status == InvoiceStatus.REQUESTED
    if count := tx.execute(sa.select(sa.func.count()).where(waits)).scalar_one():
        about = {"zh": f"{count} 张发票", "en": f"Invoices: {count}"}
        says = {"zh": "有人申请，还没有开。", "en": "requested and not issued yet."}
        yield Matter("warn", about, says, "/office/invoices", {"zh": "看发票", "en": "Invoices"})
