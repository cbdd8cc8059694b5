"""The number a company has with the tax office: in China 统一社会信用代码, GB 32100-2015."""

from ticketing.foundation.errors import BadInput
from ticketing.foundation.typed_text import signs

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
LENGTH = 18


def tax_number(text: str, country: str) -> str:
    """Return the number as it is written, "" for none; in China BadInput where its check sign is wrong."""
    plain = signs(text).upper()
    if country != "CN":
        return plain
    if plain and not right(plain):
        raise BadInput(
            "tax_number", "税号是 18 位统一社会信用代码，请核对。",
            "A tax number is a unified social credit code of 18 signs: please check it.",
        )  # fmt: skip
    return plain


def right(number: str) -> bool:
    if len(number) != LENGTH or not set(number) <= set(SIGNS):
        return False
    total = sum(SIGNS.index(sign) * pow(3, n, 31) for n, sign in enumerate(number[:-1]))
    return SIGNS.index(number[-1]) == -total % 31
