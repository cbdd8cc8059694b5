"""Settings, frozen, from TICKETING_* variables."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

DATABASE = "sqlite:///var/ticketing.db"
DEMO_KEY = Path("var/demo-secret-key")  # beside the demo's database, so that commands find both


class NotConfigured(Exception):
    """A setting is missing or wrong; the text says which, and what to do."""


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
        return self.base_url.startswith("https://")


def from_environment(
    *, demo: bool = False, host: str = "127.0.0.1", port: int = 8000, database: str = DATABASE
) -> Settings:
    """Read TICKETING_*; raises NotConfigured. A demo, and a command beside one, needs none."""

    def variable(name: str, default: str = "") -> str:
        return os.environ.get(f"TICKETING_{name}", "") or default

    minutes = variable("HOLD_MINUTES", "15")
    if not minutes.isdecimal() or not 1 <= int(minutes) <= 120:
        raise NotConfigured(f"TICKETING_HOLD_MINUTES is {minutes!r}: set whole minutes, 1 to 120.")
    free = variable("LEAST_FREE_MB", "200")
    if not free.isdecimal():
        raise NotConfigured(f"TICKETING_LEAST_FREE_MB is {free!r}: set whole megabytes.")
    cert, key = variable("TLS_CERT"), variable("TLS_KEY")
    if bool(cert) != bool(key):
        raise NotConfigured("TICKETING_TLS_CERT and TICKETING_TLS_KEY belong together: set both.")
    if bool(variable("STRIPE_API_KEY")) != bool(variable("STRIPE_WEBHOOK_SECRET")):
        raise NotConfigured(
            "TICKETING_STRIPE_API_KEY and TICKETING_STRIPE_WEBHOOK_SECRET belong together: set both."
        )
    return Settings(
        database_url=variable("DATABASE_URL", database),
        secret_key=variable("SECRET_KEY") or demo_key(create=demo),
        base_url=variable("BASE_URL", f"http{'s' if cert else ''}://{host}:{port}").rstrip("/"),
        hold_minutes=int(minutes),
        smtp_url=variable("SMTP_URL"),
        mail_from=variable("MAIL_FROM", Settings.mail_from),
        tls_cert=cert,
        tls_key=key,
        trusted_proxies=variable("TRUSTED_PROXIES"),
        metrics_token=variable("METRICS_TOKEN"),
        stripe_api_key=variable("STRIPE_API_KEY"),
        stripe_webhook_secret=variable("STRIPE_WEBHOOK_SECRET"),
        stripe_api_base=variable("STRIPE_API_BASE"),
        least_free_mb=int(free),
        demo=demo,
        others={
            name.removeprefix("TICKETING_"): value
            for name, value in os.environ.items()
            if name.startswith("TICKETING_")
        },
    )


def require_secret_key(settings: Settings) -> None:
    if not settings.secret_key or (not settings.demo and settings.secret_key == demo_key()):
        raise NotConfigured(
            "TICKETING_SECRET_KEY is not set. It seals the keys that sign the tickets. Make one with"
            " `python3 -c 'import secrets; print(secrets.token_urlsafe(32))'`, keep it safe, and set"
            " it on every machine; or try the demo: `ticketing serve --demo`."
        )


def demo_key(*, create: bool = False) -> str:
    """Return the demo's own secret key, "" where there is no demo."""
    if create and not DEMO_KEY.exists():
        DEMO_KEY.parent.mkdir(parents=True, exist_ok=True)
        DEMO_KEY.touch(mode=0o600)
        DEMO_KEY.write_text(secrets.token_urlsafe(32))
    return DEMO_KEY.read_text().strip() if DEMO_KEY.exists() else ""
