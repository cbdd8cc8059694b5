"""Mail addresses: which of them mail servers take is decided by email-validator."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

from ticketing.foundation.errors import BadInput
from ticketing.foundation.typed_text import visible

MOST = 254  # characters, RFC 5321


def mail_address(text: str, field: str = "email", *, local: bool = False) -> str:
    """Return the address as it is stored and sent to: lower case, its domain in ASCII.

    ``local``: a host's own name, box-office@localhost, will do. Raises BadInput for what no server
    takes. Letters beyond ASCII before the @ are refused: most servers lack SMTPUTF8, and whoever is
    sent a ticket there would never have it.
    """
    plain = unicodedata.normalize("NFKC", visible(text[: 4 * MOST])).strip()
    try:
        found = validate_email(
            plain, check_deliverability=False, globally_deliverable=False, allow_smtputf8=False,
            test_environment=True, strict=True,
        ).ascii_email or ""  # fmt: skip
    except EmailNotValidError:
        found = ""
    if not found or not (local or "." in found.partition("@")[2]):
        raise BadInput(
            field, "请检查邮箱地址，要像 mei@example.com 这样完整。",
            "Please check the mail address: a whole one looks like mei@example.com.",
        )  # fmt: skip
    return found.lower()


def same_address(text: str) -> str:
    """Return what was typed as ``mail_address`` would store it, or nearly: to look it up by."""
    try:
        return mail_address(text, local=True)
    except BadInput:
        return visible(text).strip().lower()
