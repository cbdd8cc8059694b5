"""A house's colour: whether it can be read, and the shades of it that the look needs."""

import re

HEX = re.compile("#[0-9a-fA-F]{6}")
LIGHT = "#e9e9e3"  # the darkest paper that coloured text lies on, by day
DARK = "#22272a"  # the lightest by night
WHITE, BLACK = "#ffffff", "#000000"
LEAST = 4.5  # WCAG 2, of text


def legible(colour: str) -> bool:
    """Say whether text of this colour can be read on our papers, and white on it."""
    return min(contrast(colour, LIGHT), contrast(WHITE, colour)) >= LEAST


def style(colour: str) -> str:
    """Return the rules that put this colour, #rrggbb, in place of the look's own, by day and by night;
    at the door it is always night."""
    night = next(
        shade for n in range(21) if contrast(shade := mixed(colour, WHITE, n / 20), DARK) >= LEAST
    )
    day = {
        "red": colour, "red-press": mixed(colour, BLACK, 0.2), "on-red": WHITE,
        "red-wash": mixed(WHITE, colour, 0.12), "stamp": colour, "on-stamp": WHITE,
    }  # fmt: skip
    dark = {
        "red": night, "red-press": mixed(night, WHITE, 0.2), "on-red": mixed(night, BLACK, 0.92),
        "red-wash": mixed(DARK, night, 0.15),
    }  # fmt: skip
    return (
        f":root{{{_rules(day)}}}@media (prefers-color-scheme:dark){{"
        f":root:not([data-theme=light]){{{_rules(dark)}}}}}.at-door{{{_rules(dark)}}}"
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2 counts it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Return the first colour with so much of the other in it."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _rules(values: dict[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in values.items())


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> list[int]:
    return [int(colour[n : n + 2], 16) for n in (1, 3, 5)]
