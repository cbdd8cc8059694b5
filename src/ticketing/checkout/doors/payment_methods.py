"""The ways to pay that a buyer has here: what is set up, and in a demo the play gateway."""

from ticketing.checkout.place import NoSuchGateway
from ticketing.payments.gateway import Gateway
from ticketing.payments.gateways.free import FREE
from ticketing.payments.known import every
from ticketing.payments.switch import switched_off
from ticketing.web.request import Request


def offered(request: Request) -> list[Gateway]:
    """Return what a buyer could choose here; what is set up first, then what is there in a demo."""
    state = request.app.state
    return [
        each
        for each in sorted(every().values(), key=lambda way: (way.at_desk, way.demo, way.key))
        if each.offer and (not each.elsewhere or each.key in state.providers)
        if request.settings.demo or not each.demo
    ]


async def payment_methods(request: Request) -> list[Gateway]:
    """Return those that nobody switched off."""
    off = await request.desk.read(switched_off)
    return [way for way in offered(request) if way.key not in off]


def chosen(request: Request, key: str) -> Gateway:
    """Return the gateway of this key, or none for what costs nothing; NoSuchGateway for others."""
    for way in [*offered(request), FREE]:
        if way.key == key:
            return way
    raise NoSuchGateway()
