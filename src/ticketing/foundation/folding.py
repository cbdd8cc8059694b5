"""Names as they are compared, the same on every database and in ``static/js/door/folding.js``."""

import re
import unicodedata

ACCENTS = re.compile("[\u0300-\u036f]+")


def folded(text: str) -> str:
    """Return letters and digits alone, whatever their case, accents, width and composition: Émile is EMILE.

    Spaces go too, for 欧阳 娜娜 is 欧阳娜娜. Lower case is asked for twice about upper case, so that ß is SS.
    """
    plain = ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    lower = plain.lower().upper().lower().replace("ς", "σ")
    kept = "".join(sign for sign in lower if unicodedata.category(sign)[0] in "LNM")
    return unicodedata.normalize("NFC", kept)


def words_in(text: str) -> list[str]:
    """Return the words somebody looks for, folded: all of them stand in the name, in any order."""
    return [word for word in map(folded, text.split()) if word]
