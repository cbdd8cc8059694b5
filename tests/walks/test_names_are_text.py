"""Titles and names come from people: shown as text in pages, mails, CSV and JSON-LD."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from clients import Buyer, Client
from servers import Server, command, serving, token
from ticketing.foundation.resources import directory

TITLE = "</script><script>alert(1)</script> \"'& \u202egnp \U0001f332 =1+1"
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A festival whose titles try everything."""
    folder = tmp_path_factory.mktemp("evil")
    copy = Path(shutil.copytree(directory("fixtures"), folder / "fixtures")) / "festival.yaml"
    text = copy.read_text()
    for word in ("天地树", "张振航", "蒲团"):
        evil = f"zh: {json.dumps(TITLE, ensure_ascii=False)}".replace("\\", "\\\\")
        text = re.sub(rf"zh: {word}(?=[,}}\n])", evil, text)
    copy.write_text(text)
    url = f"sqlite:///{folder}/evil.db"
    command(url, folder, "seed", str(copy))
    with serving(url, folder, "--host", "127.0.0.1") as server:
        yield server


def slug(server: Server) -> str:
    return str(Buyer(server.url).performance("tiandishu-demo-")["slug"])


@pytest.mark.parametrize("path", ["/", "/performances/{}", "/performances/{}/seats"])
def test_pages_show_them_as_text(evil: Server, path: str) -> None:
    buyer = Buyer(evil.url)
    text = buyer.http.get(path.format(slug(evil))).text
    assert "<script>alert" not in text
    assert "alert(1)" in text


def test_json_ld_stays_inside_its_element(evil: Server) -> None:
    buyer = Buyer(evil.url)
    text = buyer.http.get(f"/performances/{slug(evil)}").text
    (found,) = LD.findall(text)
    assert TITLE in json.loads(found)["name"]


def test_json_gives_them_back_unchanged(evil: Server) -> None:
    buyer = Buyer(evil.url)
    assert buyer.performance("tiandishu-demo-")["production"]["title"]["zh"] == TITLE


def test_csv_cells_calculate_nothing(evil: Server) -> None:
    office = Client(evil.url, token(evil.database, evil.folder, "organiser"))
    performance = office.get("/api/performances")[0]["id"]
    text = command(evil.database, evil.folder, "report", "sales", "--performance", performance)
    cells = [cell for line in text.splitlines() for cell in line.split(",")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
