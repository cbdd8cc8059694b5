"""How Chinese is typed by those who look for it: tiandishu, tds."""

from collections.abc import Sequence

from ticketing.foundation.words import Words


def search_text(words: Words, readings: Sequence[str] = ()) -> str:
    """Return what a search looks into: the names, pinyin and initials, in lower case.

    ``readings`` replace the computed pinyin where that is wrong: ``["da zhu"]``.
    """
    syllables = [reading.split() for reading in readings] or [computed(words.get("zh", ""))]
    spelt = ["".join(reading) for reading in syllables]
    initials = ["".join(syllable[0] for syllable in reading) for reading in syllables]
    return " ".join(filter(None, [*words.values(), *spelt, *initials])).lower()


def computed(text: str) -> list[str]:
    """Return one syllable for each character; other signs are left out."""
    from pypinyin import lazy_pinyin  # here: 140 ms and 58 MB, which no server needs

    return lazy_pinyin(text, errors="ignore")
