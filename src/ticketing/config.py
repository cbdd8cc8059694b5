"""Settings, frozen, from TICKETING_* variables."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ticketing.setting_rules import faults, sender

DATABASE = "sqlite:///var/ticketing.db"
DEMO_KEY = Path("var/demo-secret-key")  # beside the demo's database, so that commands find both


UNSEALED = (
    "TICKETING_SECRET_KEY is not set. It seals the keys that sign the tickets. Make one with"
    " `python3 -c 'import secrets; print(secrets.token_urlsafe(32))'`, keep it safe, and set"
    " it on every machine; or try the demo: `ticketing serve --demo`."
)


class NotConfigured(Exception):
    """Settings are missing or wrong; each line of the text says which, and what to do."""


@dataclass(frozen=True)  # no slots: the defaults are read from the class
class Settings:
    database_url: str = DATABASE
    secret_key: str = ""
    base_url: str = "http://127.0.0.1:8000"
    hold_minutes: int = 15
    smtp_url: str = ""
    mail_from: str = "box-office@localhost"
    tls_cert: str = ""
    tls_key: str = ""
    trusted_proxies: str = ""
    metrics_token: str = ""
    stripe_api_key: str = ""
    stripe_webhook_secret: str = ""
    stripe_api_base: str = ""
    least_free_mb: int = 200
    demo: bool = False
    # a gateway's own, TICKETING_X as X; it may be a key, so it is never printed
    others: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def https(self) -> bool:
        return self.base_url.lower().startswith("https://")

    @property
    def sender(self) -> tuple[str, str]:
        """The name that letters come from, "" for the house's own, and the address."""
        return sender(self.mail_from)


def from_environment(
    *, demo: bool | None = None, host: str = "127.0.0.1", port: int = 8000, only: str = "",
    database: str = DATABASE,
) -> Settings:  # fmt: skip
    """Read TICKETING_*; raises NotConfigured with a sentence for each that is wrong.

    ``demo``: whether one is served; None for a command, which may run beside one and then needs no
    settings. ``only``: the one variable that is read; the others are not even looked at.
    """
    given = {
        name.removeprefix("TICKETING_"): value
        for name, value in os.environ.items()
        if name.startswith("TICKETING_") and value and only in ("", name)
    }
    wrong = faults(given)

    def variable(name: str, default: str = "") -> str:
        return given.get(name, default)

    own = f"http{'s' if variable('TLS_CERT') else ''}://{host}:{port}"
    secret_key = variable("SECRET_KEY") or ("" if demo is False else demo_key(create=bool(demo)))
    if demo is not None and not secret_key:
        wrong.append(UNSEALED)
    if demo and "_live_" in variable("STRIPE_API_KEY"):
        wrong.append("TICKETING_STRIPE_API_KEY takes real money: a demo is given a test key.")
    if wrong:
        raise NotConfigured("\n".join(wrong))
    return Settings(
        database_url=variable("DATABASE_URL", database),
        secret_key=secret_key,
        base_url=variable("BASE_URL", own).rstrip("/"),
        hold_minutes=int(variable("HOLD_MINUTES", "15")),
        smtp_url=variable("SMTP_URL"),
        mail_from=variable("MAIL_FROM", Settings.mail_from),
        tls_cert=variable("TLS_CERT"),
        tls_key=variable("TLS_KEY"),
        trusted_proxies=variable("TRUSTED_PROXIES"),
        metrics_token=variable("METRICS_TOKEN"),
        stripe_api_key=variable("STRIPE_API_KEY"),
        stripe_webhook_secret=variable("STRIPE_WEBHOOK_SECRET"),
        stripe_api_base=variable("STRIPE_API_BASE"),
        least_free_mb=int(variable("LEAST_FREE_MB", "200")),
        demo=bool(demo),
        others=given,
    )


def database_url() -> str:
    """Return the one setting that most commands need; raises NotConfigured."""
    return from_environment(only="TICKETING_DATABASE_URL").database_url


def require_secret_key(settings: Settings) -> None:
    if not settings.secret_key:
        raise NotConfigured(UNSEALED)


def is_set_up() -> bool:
    """Say whether this is an installation with a secret key of its own, and not a demo's folder."""
    return bool(os.environ.get("TICKETING_SECRET_KEY"))


def demo_key(*, create: bool = False) -> str:
    """Return the demo's own secret key, "" where there is no demo."""
    if create and not DEMO_KEY.exists():
        DEMO_KEY.parent.mkdir(parents=True, exist_ok=True)
        DEMO_KEY.touch(mode=0o600)
        DEMO_KEY.write_text(secrets.token_urlsafe(32))
    return DEMO_KEY.read_text().strip() if DEMO_KEY.exists() else ""
