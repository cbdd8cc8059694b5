"""What the holds' doors refuse, as the schema describes it."""

from http import HTTPStatus
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from ticketing.inventory.claim import SeatsTaken
from ticketing.inventory.limit import TooManyHolds
from ticketing.inventory.orphans import OrphanSeat
from ticketing.inventory.renew import NoMoreRenewals
from ticketing.web.problems import ProblemDetails, described


class SeatsTakenDetails(ProblemDetails):
    """``seats`` and ``offer`` stand in ``seats-taken`` alone: a sale that is closed has neither."""

    seats: Annotated[list[str] | UnsetType, Meta(description="Those that somebody else has.")] = (
        UNSET
    )
    offer: Annotated[
        list[str] | UnsetType | None,
        Meta(
            description="The nearest equal seats: all to have instead, as many, of the same price,"
            " together where they were together. Null where there are none."
        ),
    ] = UNSET


class OrphanSeatDetails(ProblemDetails):
    """``suggestion`` stands in ``orphan-seat`` alone."""

    suggestion: Annotated[
        list[str] | UnsetType,
        Meta(description="All the seats to have instead: as many, that leave none single."),
    ] = UNSET


class TooManyHoldsDetails(ProblemDetails):
    retry_after: Annotated[int, Meta(description="Seconds, as the header Retry-After says.")]


SEATS_TAKEN = {
    409: described(
        HTTPStatus.CONFLICT, SeatsTaken.type, SeatsTaken.en.format(count=1), SeatsTakenDetails,
        seats=["6176ada3-20bb-53e2-99b8-2977cbd1ca9e"],
        offer=["bfcf3720-788f-536a-969e-ff6310baaa7a"],
    )
}  # fmt: skip
ORPHAN_SEAT = {
    422: described(
        HTTPStatus.UNPROCESSABLE_ENTITY, OrphanSeat.type, OrphanSeat.en, OrphanSeatDetails,
        suggestion=["bfcf3720-788f-536a-969e-ff6310baaa7a"],
    )
}  # fmt: skip
TOO_MANY_HOLDS = {
    429: described(
        HTTPStatus.TOO_MANY_REQUESTS, TooManyHolds.type, TooManyHolds.en.format(minutes=12),
        TooManyHoldsDetails, retry_after=720,
    )
}  # fmt: skip
NO_MORE_RENEWALS = {409: described(HTTPStatus.CONFLICT, NoMoreRenewals.type, NoMoreRenewals.en)}
