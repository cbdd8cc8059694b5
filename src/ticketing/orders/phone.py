"""Phone numbers as the house's country types them, each stored in one way of writing."""

import re

import phonenumbers

from ticketing.foundation.errors import BadInput
from ticketing.foundation.typed_text import signs

TYPED = re.compile(r"\+?[\d\s()./-]+")
MAINLAND = re.compile(r"1[3-9]\d{9}")


def phone_number(text: str, country: str) -> str:
    """Return the number by which a buyer is known again, "" for none; BadInput for what is none.

    Of mainland China, where the house stands there, the eleven digits of a mobile; of every other
    country E.164: +32470123456.
    """
    plain = signs(text)
    if not plain:
        return ""
    try:
        number = phonenumbers.parse(plain, country) if TYPED.fullmatch(plain) else None
    except phonenumbers.NumberParseException:
        number = None
    if number is None:
        raise wrong(country)
    if country == "CN" and number.country_code == 86:
        mobile = str(number.national_number)
        if not MAINLAND.fullmatch(mobile):
            raise wrong(country)
        return mobile
    if not phonenumbers.is_valid_number(number):
        raise wrong(country)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def wrong(country: str) -> BadInput:
    """Return the sentence, with a number of the country as it would be typed."""
    if country == "CN":
        return BadInput(
            "phone",
            "请填 11 位手机号；境外号码前面加 + 和国家代码。",
            "Please give a mobile number of 11 digits; one from abroad with + and its country code.",
        )
    known = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    national = phonenumbers.PhoneNumberFormat.NATIONAL
    example = phonenumbers.format_number(known, national) if known else "+32 470 12 34 56"
    return BadInput(
        "phone",
        f"请填电话号码，比如 {example}；国外号码前面加 + 和国家代码。",
        f"Please give a phone number, such as {example}; from abroad with + and the country code.",
    )
