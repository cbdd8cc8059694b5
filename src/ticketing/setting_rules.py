"""What each setting has to be. A rule returns a sentence for what is wrong, "" for what is right;
it never shows a value that may hold a secret.
"""

import re
from collections.abc import Callable, Mapping
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import sqlalchemy as sa

from ticketing.setting_files import fit, readable, sqlite_file

SURROGATE = re.compile("[\ud800-\udfff]")  # a byte that is no UTF-8, as Python reads it
POSTGRES = "postgresql+psycopg"


def plain(value: str) -> str:
    """What was pasted with a value cannot be seen, and is no part of it."""
    if not value.isprintable():
        return "holds signs that cannot be seen: type it anew"
    return "begins or ends with a space" if value != value.strip() else ""


def text(value: str) -> str:
    """A secret may hold whatever UTF-8 can say."""
    return "is no text in UTF-8" if SURROGATE.search(value) else ""


def whole(least: int, most: int, what: str) -> Callable[[str], str]:
    def rule(value: str) -> str:
        right = value.isascii() and value.isdecimal() and len(value) < 10
        return "" if right and least <= int(value) <= most else f"is {value!r}: set {what}"

    return rule


def split(value: str) -> SplitResult | None:
    """Return the parts of an address, None where it is none: no host, or a port that is no number."""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  raises where it is no port
        (parts.hostname or "").encode("idna")
    except ValueError:
        return None
    return parts if parts.hostname and " " not in value else None


def base_url(value: str) -> str:
    parts = split(value)
    how = "write it like https://tickets.example.org"
    if parts is None or parts.scheme not in ("http", "https"):
        return f"is {value!r}: {how}, with https:// or http://"
    if parts.username is not None:
        return f"names a user: {how}"
    if parts.path.strip("/") or parts.query or parts.fragment or value.endswith(("?", "#")):
        return f"is {value!r}: the box office has a host of its own, no path: {how}"
    return ""


def smtp_url(value: str) -> str:
    parts = split(value)
    how = "smtp://user:password@host:587 or smtps://host, with / : @ in a password as %2F %3A %40"
    if parts is None or parts.scheme not in ("smtp", "smtps"):
        return f"is no address of a mail server: write it like {how}"
    more = parts.path.strip("/") or parts.query or parts.fragment
    return f"goes on after the port: write it like {how}" if more else ""


def sender(value: str) -> tuple[str, str]:
    """Return name, "" without one, and address, whose domain is written in ASCII; raises ValueError."""
    from email_validator import (  # here: it takes a tenth of a second
        EmailNotValidError,
        validate_email,
    )

    name, _, rest = value.rpartition("<")
    address = (rest.removesuffix(">") if name or value.startswith("<") else value).strip()
    if value.endswith(">") != ("<" in value) or set(name) & set("<>@"):
        raise EmailNotValidError("it is neither an address nor a name with an address in <>")
    if address.endswith("@localhost"):  # a mail server on this machine may take it
        return name.strip(' "'), address
    found = validate_email(
        address, check_deliverability=False, allow_smtputf8=False, test_environment=True,
        globally_deliverable=False,
    )  # fmt: skip
    return name.strip(' "'), found.ascii_email or address


def mail_from(value: str) -> str:
    try:
        sender(value)
    except ValueError as error:
        why = f" ({str(error).rstrip('.')})" if str(error) else ""
        return (
            f"is {value!r}{why}: write box@example.org, or a name and the address, "
            "Box office <box@example.org>"
        )
    return ""


def trusted_proxies(value: str) -> str:
    for each in value.split(","):
        try:
            ip_network(each.strip())
        except ValueError:
            return (
                f"names {each.strip()!r}: write addresses or networks with commas between, such as "
                "127.0.0.1, 10.1.0.0/16"
            )
    return ""


def database_url(value: str) -> str:
    how = f"write sqlite:////path/ticketing.db or {POSTGRES}://user:password@host/name"
    try:
        url = sa.make_url(value)
    except (sa.exc.ArgumentError, ValueError):
        return f"is no address of a database: {how}"
    if url.drivername == POSTGRES:
        return ""
    if url.drivername not in ("sqlite", "sqlite+pysqlite"):
        return f"begins with {url.drivername}://, which is not known here: {how}"
    if url.host or not url.database or url.database == ":memory:":
        return f"names no file: {how}"
    return sqlite_file(Path(url.database))


def stripe_api_key(value: str) -> str:
    kinds = ("sk_live_", "sk_test_", "rk_live_", "rk_test_")
    return (
        ""
        if value.startswith(kinds) and value.isascii()
        else ("is no secret key of Stripe: it begins with sk_live_, sk_test_, rk_live_ or rk_test_")
    )


def stripe_webhook_secret(value: str) -> str:
    right = value.startswith("whsec_") and value.isascii()
    return "" if right else "is no signing secret of Stripe: it begins with whsec_"


def stripe_api_base(value: str) -> str:
    parts = split(value)
    right = parts and parts.scheme in ("http", "https") and not parts.query
    return "" if right else f"is {value!r}: write it like http://127.0.0.1:8100"


def metrics_token(value: str) -> str:
    right = value.isascii() and value.isprintable() and value == value.strip()
    return "" if right else "is sent in a header: write it in ASCII, without spaces around it"


RULES: Mapping[str, Callable[[str], str]] = {
    "DATABASE_URL": database_url,
    "BASE_URL": base_url,
    "HOLD_MINUTES": whole(1, 120, "whole minutes, 1 to 120"),
    "SMTP_URL": smtp_url,
    "MAIL_FROM": mail_from,
    "TLS_CERT": readable,
    "TLS_KEY": readable,
    "TRUSTED_PROXIES": trusted_proxies,
    "METRICS_TOKEN": metrics_token,
    "STRIPE_API_KEY": stripe_api_key,
    "STRIPE_WEBHOOK_SECRET": stripe_webhook_secret,
    "STRIPE_API_BASE": stripe_api_base,
    "LEAST_FREE_MB": whole(0, 10**9, "whole megabytes"),
}
PAIRS = [("TLS_CERT", "TLS_KEY"), ("STRIPE_API_KEY", "STRIPE_WEBHOOK_SECRET")]


def faults(given: Mapping[str, str]) -> list[str]:
    """Return a sentence for each setting that is wrong; ``given``: TICKETING_X as X."""
    found = []
    for name, value in given.items():
        rule = RULES.get(name)
        why = (plain(value) or rule(value)) if rule else text(value)
        found += [f"TICKETING_{name} {why}."] if why else []
    for one, other in PAIRS:
        if (one in given) != (other in given):
            found.append(f"TICKETING_{one} and TICKETING_{other} belong together: set both.")
    files = [given.get(name, "") for name in ("TLS_CERT", "TLS_KEY")]
    if all(files) and not any("TLS" in each for each in found) and (why := fit(*files)):
        found.append(f"TICKETING_TLS_CERT and TICKETING_TLS_KEY {why}.")
    return sorted(found)
