"""Ways to pay: switched off at once from the office, and handed over to another browser by WeChat."""

import re
from collections.abc import Iterator

import pytest

from doors import doors
from office import Client, csrf, office
from stage import Stage
from stripe_stand_in.hand import KEY, SECRET, running
from ticketing.accounts.models import Role
from ticketing.payments.gateways.play import PLAY
from ticketing.payments.gateways.stripe import STRIPE
from ticketing.payments.stripe_gateway import StripeGateway
from ticketing.payments.switch import SwitchedOff, switch

WECHAT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Mobile/15E148 MicroMessenger/8.0.49(0x18003131) NetType/WIFI Language/zh_CN"
)
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/17.4 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def staff(world: Stage) -> Iterator[Client]:
    with office(world, Role.ORGANISER) as client:
        yield client


def test_a_gateway_is_switched_off_and_on(world: Stage, staff: Client) -> None:
    held = world.hold(world.seats(2))
    off = staff.post("/office/gateways/play", data=csrf(staff) | {"do": "off"})
    assert off.status_code == 303
    with doors(world) as client:
        assert 'value="play"' not in client.get(f"/checkout/{held.token}").text
    with pytest.raises(SwitchedOff):
        world.place(held)
    assert "关着" in staff.get("/office/payouts").text
    staff.post("/office/gateways/play", data=csrf(staff) | {"do": "on"})
    assert world.place(held).payment_id


def test_what_is_under_way_goes_on(world: Stage) -> None:
    placed = world.place(world.hold(world.seats(2)))
    world.desk.write_now(switch, PLAY, on=False, by="test")
    world.pay(placed)
    assert len(world.tickets(placed)) == 2


def test_the_order_page_says_that_it_is_closed(world: Stage) -> None:
    placed = world.place(world.hold(world.seats(2)), gateway=STRIPE)
    world.desk.write_now(switch, PLAY, on=False, by="test")
    with doors(world) as client:
        page = client.post(f"/orders/{placed.order.secret}/payments", data={"pay": "play"})
        assert page.status_code == 409
        assert "暂时关闭" in page.text


@pytest.mark.parametrize(("name", "do", "status"), [("gold", "off", 404), ("play", "away", 422)])
def test_nonsense_is_refused(staff: Client, name: str, do: str, status: int) -> None:
    answer = staff.post(f"/office/gateways/{name}", data=csrf(staff) | {"do": do})
    assert answer.status_code == status


@pytest.fixture
def stripe(world: Stage) -> Iterator[tuple[Client, str]]:
    """The doors with Stripe beside them, and the address of a payment's way out."""
    placed = world.place(world.hold(world.seats(2)), gateway=STRIPE)
    with running() as hand:
        gateway = StripeGateway(KEY, SECRET, hand.url)
        with doors(world, providers={STRIPE.key: gateway}) as client:
            yield client, f"/payments/stripe/{placed.payment_id}"
            with client.portal() as portal:
                portal.call(gateway.hang_up)


def test_wechats_browser_is_told_how_to_open_another(
    stripe: tuple[Client, str],
) -> None:
    client, path = stripe
    page = client.get(path, headers={"user-agent": WECHAT})
    assert page.status_code == 200
    assert "在浏览器打开" in page.text
    here = client.get(f"{path}?here=true", headers={"user-agent": WECHAT})
    elsewhere = client.get(path, headers={"user-agent": SAFARI})
    leads = [re.findall(r'url=([^"]+)"', each.text) for each in (here, elsewhere)]
    assert leads[0] == leads[1]
    assert "/pay/" in leads[0][0]
