"""The ways to pay that a buyer has here: what is set up, and in a demo the play gateway."""

from ticketing.checkout.place import NoSuchGateway
from ticketing.foundation.web import AnyRequest
from ticketing.payments.models import Gateway
from ticketing.payments.switch import switched_off


def known(request: AnyRequest) -> list[Gateway]:
    state = request.app.state
    return [*state.providers, *([Gateway.PLAY] if state.settings.demo else [])]


async def ways(request: AnyRequest) -> list[Gateway]:
    """Return those that nobody switched off."""
    off = await request.app.state.desk.read(switched_off)
    return [way for way in known(request) if way not in off]


def chosen(request: AnyRequest, name: str) -> Gateway:
    """Return the gateway of this name, or none for what costs nothing; NoSuchGateway for others."""
    if name not in [*known(request), Gateway.FREE]:
        raise NoSuchGateway()
    return Gateway(name)


def pay_path(payment_id: str, gateway: Gateway) -> str:
    """Return the address of the page that leads to a payment."""
    return f"/payments/{gateway}/{payment_id}"
