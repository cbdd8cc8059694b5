"""Every page in every state of a night, in both languages; and every form, sent empty and with rubbish.

The pages are the app's own routes; what stands in their addresses is what each night has. Whoever adds
a route, or a state, adds it here without a line.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest

from office import csrf
from ticketing.audit.verify import verify
from ticketing.processing.doors.provider_pages import ProviderSilent
from whole_house import House

ELSEWHERE = {  # what stands only where something else is: 404 without it is right
    "/posters/{name:str}", "/static/{path:path}", "/schema/{path:str}", "/schema", "/first-run",
    "/schema/openapi.json", "/tickets/{secret:str}/rotation",
}  # fmt: skip
LEAVES = "/sign-out"  # whoever sends it is out, whatever is in it
HOLES = re.compile(
    r"(?<![\w-])(NaN|nan|undefined|Undefined|Infinity|inf)(?![\w-])|\{\{|\}\}|\{%|%\}|<built-in|"
    r"<function|object at 0x|datetime\.|Words\(|\['|\{'"
)
NONE = re.compile(r"\bNone\b")
# A Chinese full stop brings its own room: no blank after it, in one line of words
GAP = re.compile(
    r"[，。、；：！？](?:</?(?:a|b|span)\b[^>]*>)*\s+"
    r"(?:</?(?:a|b|span(?! class=.demo))\b[^>]*>)*[\u4e00-\u9fff]"
)
LETTER = re.compile(r"<pre\b.*?</pre>", re.S)  # its own lines
FIELD = re.compile(r'<(?:input|select|textarea|button)[^>]*? name="([^"]+)"')
SAYS = re.compile(r'role="alert"[^>]*>(.*?)</(?:p|b|main)>|class="refused".*?<h1>(.*?)</h1>', re.S)
TAGS = re.compile(r"<(script|style|template)\b.*?</\1>|<[^>]+>", re.S)
RUBBISH = [
    "-1", "９９９９９９９９９９９９９９９９９９９９", "1e400", "\x00\x1b", "🎭" * 300, "%", "nan", "0001-01-01T00:00",
]  # fmt: skip
SHOWN = ("waiting", "kept-and-comps", "returned", "doors-open")  # nights that have every form


@dataclass
class Walk:
    house: House
    wrong: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)

    def look(self, name: str, path: str, *, whole: bool) -> str:
        """Return what kind of thing stands there."""
        answer = self.house.client.get(path)
        self.judge(f"{name}: GET {path}", answer)
        if whole and answer.status_code == 404:
            self.wrong.append(f"{name}: {path}: 404, though it is there")
        return str(answer.headers.get("content-type", ""))

    def send(self, name: str, path: str, given: dict[str, str], token: str) -> None:
        json, data = (given, None) if path.startswith("/api/") else (None, given)
        headers = {"x-csrftoken": token}
        answer = self.house.client.post(path, headers=headers, json=json, data=data)
        where = f"{name}: POST {path} {next(iter(given.values()), 'nothing')[:20]!r}"
        self.judge(where, answer)
        if answer.status_code >= 400 and not sentence(answer):
            self.wrong.append(f"{where}: {answer.status_code} without a word")

    def judge(self, where: str, answer: Any) -> None:
        self.asked[str(answer.status_code)] += 1
        if self.house.broken:
            self.wrong.append(f"{where}: {self.house.broken.pop()}")
        elif answer.status_code >= 500 and sentence(answer) not in SILENT:
            self.wrong.append(f"{where}: {answer.status_code}")
        elif "html" in answer.headers.get("content-type", "") and (found := holes(answer.text)):
            self.wrong.append(f"{where}: {found}")


SILENT = (ProviderSilent.zh, ProviderSilent.en)  # nobody answers there


def holes(page: str) -> str:
    """Return what a template left open: a word of the program's where a word of ours should be.

    None is an English word, too: where a page says it for nothing, it says so in Chinese as well.
    """
    text = unescape(TAGS.sub(" ", page))
    found = HOLES.search(text)
    if not found and '<html lang="en">' not in page:
        found = NONE.search(text)
        if gap := GAP.search(LETTER.sub("", page)):
            return f"a blank after a full stop: {gap[0]!r}"
    return f"{text[max(0, found.start() - 40) : found.end() + 40]!r}" if found else ""


def sentence(answer: Any) -> str:
    """Return what a refusal says to its reader."""
    if "json" in answer.headers.get("content-type", ""):
        return str(answer.json().get("detail", ""))
    found = SAYS.search(answer.text)
    return unescape(TAGS.sub("", found[1] or found[2])).strip() if found else ""


def fields(house: House) -> set[str]:
    """Return the names of the fields of every form and of the API."""
    pages = {
        path for name in SHOWN for path, _, whole in house.addresses("GET", house.nights[name])
        if whole and not path.startswith("/api/")
    }  # fmt: skip
    found = {name for path in pages for name in FIELD.findall(house.client.get(path).text)}
    schemas = str(house.app.openapi_schema.to_schema()["components"])
    return found | set(re.findall(r"'(\w+)':", schemas))


def test_every_page_stands_in_every_state(house: House) -> None:
    walk, seen = Walk(house), set[str]()
    for name, night in house.nights.items():
        for path, route, own in house.addresses("GET", night):
            if path in seen:
                continue
            seen.add(path)
            whole = own and route not in ELSEWHERE
            if "html" in walk.look(name, path, whole=whole):
                walk.look(name, f"/en{path}", whole=whole)
    print(f"{len(seen)} addresses of {len(house.nights)} states, {dict(walk.asked)}")
    assert walk.wrong == [], "\n".join(walk.wrong)


def test_every_form_refuses_rubbish_in_every_state(house: House) -> None:
    walk, seen = Walk(house), set[str]()
    names, token = fields(house), csrf(house.client)["_csrf_token"]
    for n, (name, night) in enumerate(house.nights.items()):
        rubbish = dict.fromkeys(names, RUBBISH[n % len(RUBBISH)])
        for path, route, _ in house.addresses("POST", night):
            if path not in seen and route != LEAVES:
                seen.add(path)
                walk.send(name, path, {}, token)
                walk.send(name, path, rubbish, token)
    print(f"{len(seen)} forms of {len(house.nights)} states, twice each: {dict(walk.asked)}")
    assert walk.wrong == [], "\n".join(walk.wrong)
    assert next(iter(house.nights.values())).stage.desk.read_now(verify) == []


@pytest.mark.parametrize(
    "page", ["<p>None</p>", "<p>{{ x }}</p>", "<p>NaN</p>", "<b>{'zh': 'x'}</b>"]
)
def test_the_walk_sees_a_hole(page: str) -> None:
    assert holes(f'<html lang="zh-CN">{page}')
