"""What every page keeps, whatever it shows. Each rule returns what breaks it, nothing where all is well."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
MOST_COVERED = 0.4  # of the window, by what stays while one scrolls

EMPTY = """
() => [...document.querySelectorAll("*")].flatMap(part => [...part.attributes]
    .filter(({ name, value }) => value.trim() === "" && (name.startsWith("aria-") || name === "href"))
    .map(({ name }) => `${name} without a value: ${part.outerHTML.slice(0, 120)}`))
"""

STUCK = """
() => [...document.querySelectorAll("body *")].filter(part =>
    ["fixed", "sticky"].includes(getComputedStyle(part).position) && part.checkVisibility())
  .map(part => [part, part.getBoundingClientRect()])
  .filter(([, box]) => box.bottom > innerHeight - 2 && box.top > 0 && box.width > innerWidth / 2)
  .map(([part, box]) => [part.outerHTML.slice(0, 80), (innerHeight - box.top) / innerHeight])
"""

# What is said by a background, a colour or a shadow is gone where the reader's own colours are forced.
FORCED = """
() => {
  const CHOSEN = "[aria-current]:not([aria-current=false]), [aria-pressed=true], [aria-selected=true], :checked";
  const SIDES = ["top", "left", "bottom", "right"];
  const edge = (style, side) => style[`border-${side}-style`] === "none" ? "" : style[`border-${side}-width`];
  const look = part => {
    const style = getComputedStyle(part);
    const drawn = style.outlineStyle === "none" ? "" : style.outlineStyle + style.outlineWidth;
    const own = style.forcedColorAdjust === "none" ? style.backgroundColor + style.color : "";
    return [drawn, own, ...SIDES.map(side => edge(style, side)), style.textDecorationLine, style.fontWeight].join(" ");
  };
  const group = part => part.closest("ul, ol, nav, [role], fieldset, form, main");
  const faded = part => getComputedStyle(part).opacity === "0" || getComputedStyle(part).appearance === "none";
  const native = part => part.matches("input, option") && !faded(part);
  const shown = part => part.matches("input") && faded(part) ? part.nextElementSibling ?? part : part;
  const said = part => part.outerHTML.slice(0, 120);
  const others = part => [...document.querySelectorAll(part.localName)].filter(other => !other.matches(CHOSEN)
    && other.className === part.className && !other.disabled && other.checkVisibility())
    .filter(other => group(other) === group(part));
  const alike = [...document.querySelectorAll(CHOSEN)]
    .filter(part => part.checkVisibility() && !native(part))
    .filter(part => others(part).some(other => look(shown(other)) === look(shown(part))));
  const edged = part => parseFloat(edge(getComputedStyle(part), "top") || edge(getComputedStyle(part), "bottom")) > 0;
  const bare = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter(part => part.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter(part => part.getBoundingClientRect().width > 1 && !part.innerText.trim() && !part.querySelector("svg, img"))
    .filter(part => !part.matches("[type=checkbox], [type=radio], [type=range], [type=file]"))
    .filter(part => !edged(part) && !edged(part.parentElement));
  return [...alike.map(part => `chosen, and looks as the others do: ${said(part)}`),
          ...bare.map(part => `nothing of it is seen: ${said(part)}`)];
}
"""

# An address of a person stands in one line, wherever a line is long enough for it.
BROKEN = """
() => [...document.querySelectorAll(".whole")].filter(part => part.checkVisibility())
  .filter(part => part.offsetHeight > 1.5 * parseFloat(getComputedStyle(part).lineHeight)
    && part.offsetWidth < part.parentElement.clientWidth - 1)
  .map(part => part.innerText)
"""
CRUSHED = """
() => [...document.querySelectorAll("th, td")]
  .filter(cell => cell.checkVisibility() && !cell.querySelector("svg, input, i"))
  .filter(cell => {
    const style = getComputedStyle(cell), em = parseFloat(style.fontSize);
    const line = parseFloat(style.lineHeight) || 1.5 * em;
    return cell.innerText.trim().length > 3 && cell.clientWidth < 3.2 * em && cell.clientHeight > 4 * line;
  })
  .map(cell => cell.innerText.trim())
"""


def too_wide(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def empty_attributes(page: Page) -> list[str]:
    """Return the links that lead back to their own page, and the states that say nothing."""
    return list(page.evaluate(EMPTY))


def broken(page: Page) -> list[str]:
    """Return the addresses that break in two though a line would hold them."""
    return [f"breaks in two: {text}" for text in page.evaluate(BROKEN)]


def crushed(page: Page) -> list[str]:
    """Return the cells of tables whose words stand letter below letter."""
    return [f"letter below letter: {text}" for text in page.evaluate(CRUSHED)]


def serious(page: Page, *rules: str) -> list[str]:
    """Return what axe finds serious; ``rules``: only these of its rules."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    options |= {"runOnly": list(rules)} if rules else {}
    run = "async options => (await axe.run(document, options)).violations"
    found: list[dict[str, Any]] = page.evaluate(run, options)
    return [
        f"axe {each['id']}: {each['nodes'][0]['html'][:120]}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def covered(page: Page, most: float = MOST_COVERED) -> list[str]:
    """Return what stays at the foot of the window and leaves too little of the page."""
    return [
        f"covers {share:.0%} of the window: {what}"
        for what, share in page.evaluate(STUCK)
        if share > most
    ]


def lost_in_forced_colours(page: Page) -> list[str]:
    """Return controls of which nothing is seen, and what is chosen and looks as if it were not."""
    page.emulate_media(forced_colors="active")
    found = list(page.evaluate(FORCED))
    page.emulate_media(forced_colors="none")
    return found
