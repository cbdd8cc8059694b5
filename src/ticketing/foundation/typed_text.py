"""Text as people type, paste and scan it: what cannot be seen in it is not meant."""

import re
import unicodedata

from ticketing.foundation.errors import BadInput

# Default_Ignorable_Code_Point of Unicode 16, beyond the categories Cc and Cf; and the blank of braille
UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
JOINERS = "\u200c\u200d"  # zero-width, but they change how the letters around them are written
DASHES = re.compile("[-\u058a\u1806\u2010-\u2015\u2043\u2212\u30fc\ufe58\ufe63]")


def visible(text: str, keep: str = "") -> str:
    """Return the text without what cannot be seen: controls, marks of direction, fillers, selectors.

    An address book copies a number with marks of direction around it, a chat puts a zero-width space
    into a link. White space stays, and so does what ``keep`` names.
    """
    return "".join(
        sign for sign in UNSEEN.sub("", text)
        if sign in keep or sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf")
    )  # fmt: skip


def one_line(text: str, field: str, most: int) -> str:
    """Return a name or title in one composition, single spaces, joiners kept between letters.

    BadInput for more than ``most`` characters, and for controls, which nobody types or copies.
    """
    if any(unicodedata.category(sign) == "Cc" and not sign.isspace() for sign in text[: 8 * most]):
        raise BadInput(
            field, f"“{field}”里有看不见的控制字符。", f"“{field}” contains control characters."
        )
    composed = unicodedata.normalize("NFC", visible(text[: 8 * most], JOINERS))
    line = " ".join(composed.split()).strip(JOINERS)
    if len(line) > most:
        raise BadInput(
            field, f"“{field}”太长了，最多 {most} 个字。", f"“{field}” is too long: at most {most} characters.",
        )  # fmt: skip
    return line


def signs(text: str) -> str:
    """Return the signs of a number or code alone: narrow, without spaces and dashes of any kind."""
    narrow = unicodedata.normalize("NFKC", visible(text))
    return "".join(DASHES.sub("", narrow).split())


def clean_text(value: object, field: str, most: int = 200) -> str:
    """Return one line of what can be seen; refuses controls and more than ``most`` characters."""
    return one_line(str(value or ""), field, most)
