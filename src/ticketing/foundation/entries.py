"""What every fixture file's Structs are made of."""

from typing import Annotated

from msgspec import Meta, Struct

from ticketing.foundation.words import Words

Slug = Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Strict(Struct, forbid_unknown_fields=True):
    """Knows its fields, and no others."""


class Both(Struct, frozen=True, forbid_unknown_fields=True):
    """A text in the languages of its house; in the other one it may be left out."""

    zh: str = ""
    en: str = ""

    @property
    def words(self) -> Words:
        return {"zh": self.zh, "en": self.en}


NOTHING = Both()
