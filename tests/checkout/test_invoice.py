"""Invoices: asked for by the buyer, exported, and said to be issued."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from doors import doors
from office import Client, csrf, office
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.checkout.place import Placed
from ticketing.invoices.request import kept_of
from ticketing.invoices.tax_number import right
from ticketing.orders.models import InvoiceRequest
from ticketing.payments.models import Refund
from ticketing.returns.return_tickets import return_tickets

NUMBER = "91350100M000100Y43"  # the example in the standard
WISH = {
    "kind": "company", "title": "嘉兴某某文化有限公司", "tax_number": NUMBER,
    "email": "fapiao@example.com",
}  # fmt: skip


@pytest.fixture
def placed(world: Stage) -> Placed:
    return world.buy(world.seats(2))


@pytest.fixture
def client(world: Stage) -> Iterator[Client]:
    with doors(world) as client:
        yield client


def status(world: Stage) -> list[str]:
    return list(world.ask(sa.select(InvoiceRequest.status)).scalars())


def test_the_check_sign_of_a_tax_number() -> None:
    assert right(NUMBER)
    assert not right(NUMBER[:-1] + "4")
    assert not right("91350100I000100Y43")


def test_it_is_asked_for_corrected_and_issued(world: Stage, client: Client, placed: Placed) -> None:
    path = f"/orders/{placed.order.secret}/invoice"
    assert f'href="{path}"' in client.get(path.removesuffix("/invoice")).text
    assert client.post(path, data=WISH | {"title": "=1+1"}).status_code == 303
    assert client.post(path, data=WISH).status_code == 303
    assert "已申请" in client.get(path).text
    with office(world, Role.ORGANISER) as staff:
        assert WISH["title"] in staff.get("/office/invoices").text
        row = staff.get("/office/invoices.csv").text.splitlines()[1]
        assert NUMBER in row
        assert ",120.00,CNY,requested," in row
        for _ in range(2):
            done = staff.post(
                f"/office/invoices/{placed.order.id}", data=csrf(staff) | {"do": "issued"}
            )
            assert done.status_code == 303
    assert status(world) == ["issued"]
    late = client.post(path, data=WISH)
    assert (late.status_code, "已经开出" in late.text) == (409, True)


def test_a_formula_is_exported_as_text(world: Stage, client: Client, placed: Placed) -> None:
    client.post(f"/orders/{placed.order.secret}/invoice", data=WISH | {"title": "=1+1"})
    with office(world, Role.ORGANISER) as staff:
        assert ",'=1+1," in staff.get("/office/invoices.csv").text


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": ""}, {"kind": "club"}, {"title": ""}, {"title": "x" * 200}, {"tax_number": "123"},
        {"tax_number": NUMBER[::-1]}, {"tax_number": ""}, {"tax_number": NUMBER, "kind": "person"},
        {"email": "nobody"}, {"email": ""},
    ],
)  # fmt: skip
def test_bad_input_is_said_at_its_field_and_stores_nothing(
    world: Stage, client: Client, placed: Placed, wrong: dict[str, str], lang: str
) -> None:
    page = client.post(f"{lang}/orders/{placed.order.secret}/invoice", data=WISH | wrong)
    assert page.status_code == 422
    (field, *_) = wrong
    assert page.text.count('role="alert"') == 1
    assert re.search(f'name="{field}"[^>]* aria-describedby="{field}-wrong"', page.text)
    assert re.search(f'id="{field}-wrong" role="alert">[^<]', page.text)
    assert status(world) == []


def test_a_person_needs_no_tax_number(world: Stage, client: Client, placed: Placed) -> None:
    path = f"/orders/{placed.order.secret}/invoice"
    mine = {"kind": "person", "title": "陈静", "tax_number": "", "email": "chen@example.com"}
    assert client.post(path, data=mine).status_code == 303
    assert 'value="person" checked' in client.get(path).text


def test_what_went_back_is_not_invoiced(world: Stage, client: Client, placed: Placed) -> None:
    world.desk.write_now(
        return_tickets, placed.order.secret, [placed.order.lines[0].id], None, by="test"
    )
    back = world.ask(sa.select(Refund.amount)).scalar_one()
    assert world.desk.read_now(kept_of, placed.order.id) == 12000 - back


def test_a_free_order_has_nothing_to_invoice(world: Stage, client: Client) -> None:
    placed = world.place(world.hold_on_the_lawn(1))
    page = client.post(f"/orders/{placed.order.secret}/invoice", data=WISH)
    assert page.status_code == 409
    assert status(world) == []
