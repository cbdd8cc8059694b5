"""A letter that could not be sent is named, also outside the demo, and sent again by a button."""

import sqlalchemy as sa

from office import csrf, office
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.desk.outbox import MOST_ATTEMPTS, Letter, due, failed
from ticketing.foundation.resources import directory
from ticketing.letters.doors.outbox_page import ABOUT


def test_who_sees_a_failed_letter_can_send_it_again(world: Stage) -> None:
    order = world.buy(world.seats(1)).order
    (letter,) = world.ask(sa.select(Letter.id)).scalars()
    world.desk.write_now(failed, letter, MOST_ATTEMPTS, "SMTPRecipientsRefused")
    with office(world, Role.BOX_OFFICE, demo=False) as staff:
        page = staff.get("/en/office/letters").text
        assert "the address was refused" in page
        assert f"/en/office/orders/{order.number}" in page
        staff.post(f"/office/letters/{letter}/sending", data=csrf(staff))
        assert "the address was refused" not in staff.get("/en/office/letters").text
    assert world.desk.read_now(due, 2**53) == [letter]


def test_what_is_sent_outside_the_demo_is_only_counted(world: Stage) -> None:
    world.buy(world.seats(1))
    with office(world, Role.BOX_OFFICE, demo=False) as staff:
        assert "chen@example.com" not in staff.get("/office/letters").text


def test_every_letter_has_a_name_in_the_office() -> None:
    letters = {path.stem for path in directory("templates").glob("mail/[!_]*.html")}
    assert letters == set(ABOUT)
    assert all(name["zh"] and name["en"] for name in ABOUT.values())
