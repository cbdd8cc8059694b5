"""Which pages are the house's own: those of the host that was asked, and of its configured address."""

import pytest

from ticketing.web.same_site import is_ours

BASE = "https://tickets.example.org"
INSIDE = "127.0.0.1:8000"  # what nginx asks for, unless it is told to pass on the Host


@pytest.mark.parametrize(
    ("origin", "host", "base"),
    [
        ("https://tickets.example.org", "tickets.example.org", BASE),
        ("https://tickets.example.org", INSIDE, BASE),
        ("https://tickets.example.org:443", INSIDE, BASE),
        ("https://tickets.example.org", "tickets.example.org:443", "http://127.0.0.1:8000"),
        ("https://Tickets.Example.ORG", INSIDE, BASE),
        ("https://tickets.example.org", INSIDE, "HTTPS://TICKETS.example.org:443"),
        ("https://tickets.example.org", "TICKETS.EXAMPLE.ORG", "http://127.0.0.1:8000"),
        ("http://box.example:80", "box.example", BASE),
        ("https://tickets.example.org:8443", INSIDE, "https://tickets.example.org:8443"),
        ("http://192.168.1.5:8000", "192.168.1.5:8000", BASE),
        ("http://[::1]:8000", "[::1]:8000", BASE),
        ("https://xn--6kr214d.example", INSIDE, "https://南湖.example"),
        ("https://南湖.example".encode().decode("latin-1"), INSIDE, None),
    ],
)
def test_what_is_ours_under_any_name(origin: str, host: str, base: str | None) -> None:
    assert is_ours(origin, host, base or BASE) is (base is not None)


@pytest.mark.parametrize(
    "origin",
    [
        "null", "https://evil.example", "http://tickets.example.org", "https://tickets.example.org:80",
        "https://tickets.example.org.evil.example", "https://eviltickets.example.org", "https://",
        "https://tickets.example.org@evil.example", "tickets.example.org", "http://[", "https://x:port",
        "ftp://tickets.example.org", "https://tickets.example.org:0", " ",
    ],
)  # fmt: skip
def test_what_is_somebody_elses(origin: str) -> None:
    assert not is_ours(origin, INSIDE, BASE)
