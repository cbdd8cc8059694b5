"""Who may ask at a gate: whoever works here, and a phone as far as it is bound."""

from functools import cache

from litestar.handlers import BaseRouteHandler

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.accounts.queries import Actor
from ticketing.admission.devices.device import DeviceRevoked, Known, device_of
from ticketing.foundation.errors import SignInNeeded
from ticketing.web.guards import Connection, Guard, demands
from ticketing.web.request import Request, header

MOST_BOUNDS = 4096  # remembered tokens


@cache
def at_gate(role: Role) -> Guard:
    """Return the guard that lets pass this role and those above, and devices within their bounds.

    The path names the gate, ``performance`` in the query its performance; what stands in a body its
    door compares. It sets ``state.device``.
    """

    @demands(f"{role} or higher, or a device")
    async def guard(connection: Connection, handler: BaseRouteHandler) -> None:
        assert isinstance(connection, Request)
        try:
            await works_here(role)(connection, handler)
        except SignInNeeded:
            raise await why_not(connection) from None
        connection.state.device = await bounds_of(connection)

    return guard


@demands("usher or higher, or a device, shut out or not")
async def tells_of_scans(connection: Connection, handler: BaseRouteHandler) -> None:
    """Let pass a device that was shut out, too: what it did before are facts."""
    try:
        await at_gate(Role.USHER)(connection, handler)
    except DeviceRevoked:
        assert isinstance(connection, Request)
        device = await device_asking(connection)
        assert device
        connection.state.device = device
        connection.state.actor = Actor(f"device:{device.id}", Role(device.role), device.name, None)


@demands("a device, shut out or not")
async def once_a_device(connection: Connection, _handler: BaseRouteHandler) -> None:
    assert isinstance(connection, Request)
    device = await device_asking(connection)
    if device is None:
        raise SignInNeeded()
    connection.state.device = device


async def device_asking(request: Request) -> Known | None:
    token = bearer(request)
    desk = request.desk
    return await desk.look(device_of, token) if token else None


async def bounds_of(request: Request) -> Known | None:
    """Return the device whose token was found good, as it was bound: that never changes."""
    token = bearer(request)
    bounds: dict[str, Known | None] = request.app.state.setdefault("bounds", {})
    if token and token not in bounds:
        if len(bounds) >= MOST_BOUNDS:
            bounds.clear()
        bounds[token] = await device_asking(request)
    return bounds.get(token)


async def why_not(request: Request) -> Exception:
    """Return why nobody is let pass: a device that was shut out is told so."""
    device = await device_asking(request)
    if device is None:
        return SignInNeeded()
    return DeviceRevoked(wipe=device.wipe)


def bearer(request: Request) -> str:
    scheme, _, secret = header(request, b"authorization").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""
