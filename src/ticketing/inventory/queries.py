"""Questions about the house for one performance."""

import sqlalchemy as sa

from ticketing.foundation.db import Tx
from ticketing.foundation.errors import BadInput
from ticketing.pricing.models import SectionBand


def sections_wanted(
    tx: Tx, performance_id: str, section: str | None, band: str | None
) -> list[str] | None:
    """Return the sections of a wish for best seats; None for any."""
    if section is None and band is None:
        return None
    rows = tx.execute(
        sa.select(SectionBand.section, SectionBand.band).where(
            SectionBand.performance_id == performance_id
        )
    )
    found = [key for key, its in rows if section in (None, key) and band in (None, its)]
    if not found:
        raise BadInput("section", "这一场没有这个区域。", "This performance has no such section.")
    return found
