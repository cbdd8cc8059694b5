"""One release of scripts and styles: what a page loads belongs together, and is asked for once."""

import re
from pathlib import Path

import httpx
import pytest

from servers import Server
from ticketing.admission.doors.app_pages import modules
from ticketing.web.pages import SHEETS, asset
from ticketing.web.static import files

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src/ticketing/static"


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_every_module_that_a_page_imports_is_of_the_pages_release(server: Server) -> None:
    with httpx.Client(base_url=server.url) as http:
        waiting, seen = (
            [asset("js/seats/page.js"), asset("js/pages/search.js"), asset("js/pages/rotation.js")],
            {},
        )
        while waiting:
            address = waiting.pop()
            seen[address] = answer = http.get(address)
            imported = re.findall(r'^import [^;]*?"([^"]+)";', answer.text, re.M)
            waiting += {str(answer.url.join(name).path) for name in imported} - seen.keys()
    assert len(seen) > 10
    for address, answer in seen.items():
        kept = answer.headers["cache-control"]
        assert kept == "no-cache" if "/vendor/" in address else "immutable" in kept, address


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_nobody_keeps_a_file_under_another_releases_address(server: Server) -> None:
    for address in (
        "/static/r-0123456789/js/shared/live.js",
        "/static/js/shared/live.js",
        "/static/js/shared/live.js?v=1",
    ):
        answer = httpx.get(server.url + address)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    assert httpx.get(f"{server.url}/static/r-0123456789/").status_code == 404


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("path", "sheet"), [("/", "site"), ("/sign-in", "site"), ("/door/app", "door")]
)
def test_a_page_asks_for_one_style_sheet(server: Server, path: str, sheet: str) -> None:
    page = re.sub("<noscript>.*?</noscript>", "", httpx.get(server.url + path).text)
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', page) == [asset(f"{sheet}.css")]


def test_what_templates_name_is_there() -> None:
    texts = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
    named = {name for text in texts for name in re.findall(r"asset\('([^']+)'", text)}
    assert {f"/{name}" for name in named} <= files("static").keys()


def test_every_part_of_a_style_sheet_is_in_one() -> None:
    parts = {part for parts in SHEETS.values() for part in parts} | {"noscript"}
    assert parts == {path.stem for path in (STATIC / "css").glob("*.css")}


def test_no_sheet_opens_dates_and_figures() -> None:
    """Engines part a date differently there: 12 月9日. Where air is meant, a blank stands in the text."""
    sheets = b"".join(files("static")[f"/{kind}.css"].body for kind in SHEETS)
    said = set(re.findall(rb"text-autospace: [^;]+", sheets))
    assert said == {b"text-autospace: no-autospace"}


def test_the_ushers_app_keeps_what_its_modules_import() -> None:
    own, vendor = (set(names) for names in modules())
    for name in own:
        folder, text = (STATIC / name).parent, (STATIC / name).read_text()
        for wanted in re.findall(r'^import [^;]*?"([^"]+)";', text, re.M):
            path = STATIC / wanted[8:] if wanted.startswith("/static/") else folder / wanted
            found = str(path.resolve().relative_to(STATIC))
            assert found in own | vendor, f"{name} imports {wanted}"
