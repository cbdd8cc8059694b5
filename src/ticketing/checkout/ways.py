"""The ways to pay that a buyer has here: what is set up, and in a demo the play gateway."""

from ticketing.checkout.place import NoSuchGateway
from ticketing.foundation.web import AnyRequest
from ticketing.payments.models import Gateway


def ways(request: AnyRequest) -> list[Gateway]:
    state = request.app.state
    return [*state.providers, *([Gateway.PLAY] if state.settings.demo else [])]


def chosen(request: AnyRequest, name: str) -> Gateway:
    """Return the gateway of this name, or none for what costs nothing; NoSuchGateway for others."""
    if name not in [*ways(request), Gateway.FREE]:
        raise NoSuchGateway()
    return Gateway(name)


def pay_path(payment_id: str, gateway: Gateway) -> str:
    """Return the address of the page that leads to a payment."""
    return f"/payments/{gateway}/{payment_id}"
