"""What a form did is said once, on the page that it leads to."""

from pathlib import Path

from office import csrf, office
from stage import Stage
from ticketing.accounts.models import Role

FORWARD = {  # leads on to where the next step is, or back to what the page itself says
    "accounts/doors/guards.py", "accounts/doors/pages.py", "box_office/doors/find_page.py",
    "checkout/doors/order_page.py",
    "checkout/doors/checkout_page.py", "processing/doors/play_page.py", "processing/doors/provider_pages.py",
    "web/refusals.py", "web/show.py",
    "foyer/doors/seats_page.py", "inventory/doors/pages.py",
}  # fmt: skip


def test_a_form_says_once_what_it_did(world: Stage) -> None:
    with office(world, Role.ORGANISER) as staff:
        slug = world.slug(world.performance)
        path = f"/office/performances/{slug}"
        answer = staff.post(f"/en{path}/pause", data=csrf(staff))
        assert (answer.status_code, answer.headers["location"]) == (303, f"/en{path}")
        assert "<span>Sales are paused.</span>" in staff.get(f"/en{path}").text
        assert "<span>Sales are paused.</span>" not in staff.get(f"/en{path}").text


def test_what_is_said_is_text(world: Stage) -> None:
    with office(world, Role.ORGANISER) as staff:
        staff.cookies.set("done", "%3Cscript%3E")
        assert "<span>&lt;script&gt;</span>" in staff.get("/office").text


def test_whoever_leads_away_from_a_form_says_what_was_done() -> None:
    import ticketing

    src = Path(ticketing.__file__).parent
    found = {
        str(each.relative_to(src)) for each in src.rglob("*.py") if "Redirect(" in each.read_text()
    }
    assert found <= FORWARD
