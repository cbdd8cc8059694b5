"""What every fixture file's Structs are made of.

``description`` is said of a field in docs/festival-file.md and by editors; ``must`` is said of a value
that will not do.
"""

from typing import Annotated

from msgspec import Meta, Struct

from ticketing.foundation.words import Words

Slug = Annotated[
    str,
    Meta(
        pattern="^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=60,
        extra={"must": "small letters, digits and hyphens, 60 at most, such as black-box"},
    ),
]
Text = Annotated[str, Meta(max_length=5000)]


class Strict(Struct, forbid_unknown_fields=True):
    """Knows its fields, and no others."""


class Both(Struct, frozen=True, forbid_unknown_fields=True):
    """A text in the languages of its house; in the other one it may be left out."""

    zh: Text = ""
    en: Text = ""

    @property
    def words(self) -> Words:
        return {"zh": self.zh, "en": self.en}


NOTHING = Both()
