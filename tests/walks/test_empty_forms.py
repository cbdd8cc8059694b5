"""A form in which nothing is ticked or typed sends nothing at all: it is answered with a sentence, in both
languages, and changes nothing. What a form does is asked of its address, never of what it holds.
"""

import pytest
import sqlalchemy as sa

from doors import doors
from office import csrf, office
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.desk.diary import DiaryEntry

SAID = ('role="alert"', "<h1>")


def entries(world: Stage) -> int:
    return int(world.ask(sa.select(sa.func.count()).select_from(DiaryEntry)).scalar_one())


@pytest.mark.parametrize("lang", ["", "/en"])
def test_an_empty_form_of_the_public_pages_is_answered_with_a_sentence(
    world: Stage, lang: str
) -> None:
    bought, waiting = world.buy(world.seats(2)), world.place(world.hold(world.seats(1, skip=4)))
    held = world.hold(world.seats(2, skip=8))
    paths = [
        f"/orders/{bought.order.secret}/return",
        f"/orders/{bought.order.secret}/invoice",
        f"/orders/{waiting.order.secret}/payments",
        f"/payments/play/{waiting.payment_id}",
        f"/checkout/{held.token}",
        f"/performances/{world.slug(world.performance)}/holds",
    ]
    before = entries(world)
    with doors(world) as client:
        for path in paths:
            page = client.post(lang + path)
            assert page.status_code in (409, 422), path
            assert any(sign in page.text for sign in SAID), path
    assert entries(world) == before


def test_nothing_ticked_to_return_is_said_beside_the_button(world: Stage) -> None:
    path = f"/orders/{world.buy(world.seats(2)).order.secret}/return"
    with doors(world) as client:
        for lang, said in (("", "请先选要退的票"), ("/en", "Please choose a ticket first")):
            page = client.post(lang + path).text
            assert page.count('role="alert"') == 1
            at = page.index('role="alert" tabindex="-1" autofocus>' + said)
            assert page.rindex("</fieldset>") < at < page.index('<button class="btn go">')


def test_an_empty_form_of_the_office_is_answered_with_a_sentence(world: Stage) -> None:
    show = f"/office/performances/{world.slug(world.performance)}"
    paths = [
        f"{show}/sales", f"{show}/allocations", f"{show}/comps", f"{show}/changes",
        "/office/codes", "/office/drawers",
    ]  # fmt: skip
    with office(world, Role.ORGANISER) as client:
        token, before = csrf(client), entries(world)
        for path in paths:
            page = client.post(path, data=token)
            assert page.status_code in (409, 422), (path, page.status_code)
            assert any(sign in page.text for sign in SAID), path
    assert entries(world) == before
