"""Text that people write, in the languages of their house."""

from typing import Any

Words = dict[str, str]


def say(words: Words, lang: str) -> str:
    """Return the text in ``lang``, in another language where it is missing."""
    return words.get(lang) or next((text for text in words.values() if text), "")


def choose(lang: str, zh: Any, en: Any) -> Any:
    return en if lang == "en" else zh


def title(words: Words, lang: str) -> str:
    """Return a production's title with its marks: 《天地树》."""
    return f"《{say(words, lang)}》" if lang == "zh" else say(words, lang)
