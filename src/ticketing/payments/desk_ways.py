"""The ways to pay at the desk that this house has, and what it calls them."""

from collections.abc import Mapping

from ticketing.foundation.errors import BadInput
from ticketing.foundation.front import Front
from ticketing.foundation.words import Words
from ticketing.payments.gateway import Gateway
from ticketing.payments.gateways.counter import COUNTER
from ticketing.payments.gateways.desk_qr import DESK_QR
from ticketing.payments.known import known

USUAL: Mapping[str, Words] = {
    COUNTER.key: Words(zh="现金", en="Cash"),
    DESK_QR.key: Words(zh="扫柜台的码", en="The desk’s QR code"),
}


def desk_ways() -> Mapping[str, Words]:
    """Return their names by gateway, the usual one first."""
    return Front.house["desk_ways"] or USUAL


def desk_way(key: str) -> Gateway:
    """Return the gateway that was chosen at the desk; BadInput for what this house has not."""
    if key not in desk_ways():
        raise BadInput(
            "by", "请选一种柜台的付款方式。", "Please choose how it was paid at the desk."
        )
    return known(key)
