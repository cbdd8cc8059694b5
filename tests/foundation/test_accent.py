"""A house's colour can be read: on our papers, under white, and by night."""

import re

import pytest

from ticketing.foundation import accent

RATIOS = {("#000000", "#ffffff"): 21.0, ("#777777", "#ffffff"): 4.48, ("#bf2b17", "#f5f5f1"): 5.38}


@pytest.mark.parametrize("pair", RATIOS)
def test_contrast_is_counted_as_wcag_does(pair: tuple[str, str]) -> None:
    assert accent.contrast(*pair) == pytest.approx(RATIOS[pair], abs=0.01)


@pytest.mark.parametrize("colour", ["#ffcc00", "#e67700", "#ffffff", "#8a8f8c"])
def test_a_light_colour_is_not_legible(colour: str) -> None:
    assert not accent.legible(colour)


@pytest.mark.parametrize("colour", ["#bf2b17", "#5b2a86", "#0b5d3b", "#000000", "#003366"])
def test_each_shade_of_a_legible_colour_is(colour: str) -> None:
    day, night = (dict(re.findall(r"--([a-z-]+):(#\w{6})", part)) for part in halves(colour))
    assert accent.contrast(day["red"], day["red-wash"]) >= 4.5
    assert accent.contrast(day["on-red"], day["red-press"]) >= 4.5
    assert accent.contrast(night["red"], accent.DARK) >= 4.5
    assert accent.contrast(night["red"], night["on-red"]) >= 4.5


def halves(colour: str) -> list[str]:
    day, _, night = accent.style(colour).partition("@media")
    return [day, night]
