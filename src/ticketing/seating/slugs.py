"""Keys for what people name as they like: a key, like every identity, must tell two names apart."""

import re
import unicodedata
from hashlib import sha256

LONGEST = 40
DIGEST = 6  # signs of it behind a key that does not say all


def slug(name: str) -> str:
    """Return a key of a-z, 0-9 and hyphens; "" of no name at all.

    Chinese is spelt in pinyin. Where spelling loses something, as tones or a dot, a digest of the name
    follows: 大剧院 and 大居院 are two houses.
    """
    text = unicodedata.normalize("NFKC", name).casefold().strip()
    plain = re.sub(r"[\s-]+", "-", text).strip("-")
    key = re.sub("[^a-z0-9]+", "-", _spelt(text)).strip("-")
    if key == plain and len(key) <= LONGEST:
        return key
    digest = sha256(text.encode()).hexdigest()[:DIGEST]
    return "-".join(filter(None, [key[: LONGEST - DIGEST - 1].strip("-"), digest]))


def _spelt(text: str) -> str:
    if text.isascii():
        return text
    from pypinyin import lazy_pinyin  # here: 140 ms and 58 MB, which no server needs

    syllables = "-".join(lazy_pinyin(text))
    return "".join(each for each in unicodedata.normalize("NFKD", syllables) if each.isascii())
