"""A price list is written for the newest drawing; a performance has the drawing it was put on with."""

from collections.abc import Mapping
from dataclasses import replace

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.pricing.models import SectionBand
from ticketing.pricing.set_prices import OWN, PriceList
from ticketing.programme.models import Performance
from ticketing.seating.models import SectionRow


def fitted(tx: Tx, performance_id: str, prices: PriceList) -> PriceList | None:
    """Return the list for the performance's own sections, None where one of them would have no price.

    A section that the list does not know, because it is called otherwise now, keeps its band; what the
    performance's drawing does not have is left out, and a band with it of which nothing is left.
    """
    listed = {key: band.key for band in prices.bands for key in band.sections}
    before = {
        row.section: row.band
        for row in tx.execute(
            sa.select(SectionBand.section, SectionBand.band).where(
                SectionBand.performance_id == performance_id
            )
        )
    }
    own = OWN.where(Performance.id == performance_id).order_by(SectionRow.position)
    belongs = {key: listed.get(key, before.get(key, "")) for key in tx.execute(own).scalars()}
    if not set(belongs.values()) <= {band.key for band in prices.bands}:
        return None
    return _within(prices, belongs)


def _within(prices: PriceList, belongs: Mapping[str, str]) -> PriceList:
    """Return the part of the list that is for these sections: each with its band."""
    left = set(belongs.values())
    return replace(
        prices,
        bands=[
            band._replace(sections=[key for key, its in belongs.items() if its == band.key])
            for band in prices.bands
            if band.key in left
        ],
        tags=[tag for tag in prices.tags if tag.band in left],
        early=[early for early in prices.early if early.band in left],
    )
