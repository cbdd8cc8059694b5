"""A template says what it means: nothing is changed in HTML that was written already."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_no_template_replaces_text_in_html() -> None:
    """What a filter gets from a macro is markup, and so its arguments are escaped: they are never found."""
    found = [
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.*")
        if re.search(r"\|\s*(replace|regex_replace)\b", path.read_text())
    ]
    assert found == []
