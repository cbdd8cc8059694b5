"""The names by which a screen reader tells the controls of a page, as the browser computes them."""

from collections import defaultdict
from typing import Any

from playwright.sync_api import Page

CONTROLS = {"link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "spinbutton"}


def unclear(page: Page) -> list[str]:
    """Return the controls that have no name, and the names that two controls share which lead to different
    things: another address, or another field.
    """
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    wrong, leads = [], defaultdict(set)
    for node in nodes:
        role, name = (str(node.get(key, {}).get("value", "")) for key in ("role", "name"))
        if node["ignored"] or role not in CONTROLS or "backendDOMNodeId" not in node:
            continue
        where = {"backendNodeId": node["backendDOMNodeId"]}
        found = session.send("DOM.describeNode", where)["node"]
        pairs = found.get("attributes", [])
        said = dict(zip(pairs[::2], pairs[1::2], strict=True))
        what = found["localName"] + str(sorted(said.items()))
        if not name.strip():
            wrong.append(f"{role} without a name: {what[:200]}")
        target = said.get("href") or said.get("formaction") or said.get("name") or said.get("id")
        leads[role, name].add(target if role != "radio" else said.get("value"))
    session.detach()
    return wrong + [
        f"{len(targets)} different {role}s are called {name!r}"
        for (role, name), targets in leads.items()
        if len(targets) > 1
    ]
