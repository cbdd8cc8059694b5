"""An order that is not paid for and not wanted any more, also where a provider's page is open for it."""

from ticketing.checkout.lapse import give_up
from ticketing.desk.desk import Desk
from ticketing.orders.queries import by_secret
from ticketing.payments.provider import Providers
from ticketing.processing.conversation import close_pages


async def withdraw(desk: Desk, providers: Providers, secret: str) -> None:
    """Give up an order that its buyer does not want any more, once no page takes money for it.

    OrderClosed where it is paid for or over; NoAnswer, and nothing has changed, where that is not known.
    """
    order = await desk.read(by_secret, secret)
    await close_pages(desk, providers, order.id)
    await desk.write(give_up, secret)
