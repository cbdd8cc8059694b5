"""A house chooses the languages of its pages, and which of them is at /."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from doors import doors
from stage import Stage
from ticketing.foundation.front import Front

Client = TestClient[Any]
pytestmark = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
PLACES = {
    ("zh", "en"): {"/": "zh-CN", "/en": "en", "/zh": "zh-CN", "/terms": "zh-CN", "/en/terms": "en"},
    ("en", "zh"): {"/": "en", "/zh": "zh-CN", "/en": "en", "/terms": "en", "/zh/terms": "zh-CN"},
    ("en",): {"/": "en", "/en": "en", "/zh": "en", "/zh/terms": "en"},
    ("zh",): {"/": "zh-CN", "/en": "zh-CN", "/en/terms": "zh-CN"},
}


@pytest.fixture
def client(world: Stage) -> Iterator[Client]:
    with doors(world) as client:
        yield client


@pytest.mark.parametrize("languages", PLACES)
def test_the_first_language_has_no_prefix_and_others_fall_back(
    client: Client, monkeypatch: pytest.MonkeyPatch, languages: tuple[str, ...]
) -> None:
    monkeypatch.setattr(Front, "house", {**Front.house, "languages": list(languages)})
    said = {path: lang(client.get(path).text) for path in PLACES[languages]}
    assert said == PLACES[languages]


@pytest.mark.parametrize("languages", PLACES)
def test_the_switch_leads_to_the_other_language_and_links_stay(
    client: Client, monkeypatch: pytest.MonkeyPatch, languages: tuple[str, ...]
) -> None:
    monkeypatch.setattr(Front, "house", {**Front.house, "languages": list(languages)})
    first, *others = languages
    for here, prefix in [(first, ""), *((each, f"/{each}") for each in others)]:
        page = client.get(f"{prefix}/terms").text
        led = set(re.findall(r'href="(/[a-z/]*)"', page))
        other = next((each for each in languages if each != here), "")
        home = f"/{other}" if other and other != first else ""
        assert f"{prefix}/orders" in led
        assert (f"{home}/terms" in led) or not other
        assert bool(re.search("hreflang", page)) == bool(other)


def lang(page: str) -> str:
    return str(re.findall('<html lang="([^"]+)"', page)[0])
