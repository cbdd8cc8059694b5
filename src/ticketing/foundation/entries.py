"""What every fixture file's Structs are made of."""

from msgspec import Struct

from ticketing.foundation.words import Words


class Strict(Struct, forbid_unknown_fields=True):
    """Knows its fields, and no others."""


class Both(Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    zh: str
    en: str

    @property
    def words(self) -> Words:
        return {"zh": self.zh, "en": self.en}
