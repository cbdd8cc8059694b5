"""Text that people write, in the languages of their house."""

Words = dict[str, str]


def say(words: Words, lang: str) -> str:
    """Return the text in ``lang``, in another language where it is missing."""
    return words.get(lang) or next((text for text in words.values() if text), "")
