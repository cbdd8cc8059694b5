"""Links as they come back from chats and mails: with the full stop behind them, or half a sentence."""

import re
import unicodedata

from ticketing.foundation.typed_text import visible

SHARED = re.compile(
    r"/(?:orders|tickets|performances)/[a-z0-9-]*[a-z0-9](?![A-Za-z0-9])(?:/(?:seats|return|invoice)\b)?"
)

LONGEST = 500


def mended(path: str) -> str:
    """Return the path that was meant by one that leads nowhere; the same path where that is all.

    Chats take for a link's what stands behind it without a space (/orders/secret。快来), or put a
    full-width sign or one that cannot be seen into it.
    """
    if len(path) > LONGEST:
        return path
    found = SHARED.match(unicodedata.normalize("NFKC", visible(path)))
    return found[0] if found else path
