"""Every setting is looked at before anything starts: all findings in one go, no secret in any of them."""

import datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from ticketing.cli.main import main
from ticketing.config import NotConfigured, from_environment
from ticketing.setting_rules import RULES, faults

WRONG = {
    "BASE_URL": [
        "tickets.example.org", "https://", "ftp://tickets.example.org", "https://a.example/box",
        "https://a.example?x=1", "https://a.example#top", "https://mei@a.example", "https://a:port",
        "https://a.example:99999", "https://a b.example", "http:/a.example", "//a.example", "https://[",
        '"https://a.example"', "https://a..example", "https://a.example\u200b", " https://a.example",
    ],
    "HOLD_MINUTES": ["0", "121", "-1", "15.5", "fifteen", "１５", "9" * 5000, "1e1", "²"],
    "LEAST_FREE_MB": ["-1", "200 MB", "0.5", "9" * 5000],
    "MAIL_FROM": [
        "box-office", "box@", "@example.org", "box@example..org", "南湖有戏", "Box <>", "Box <box>",
        "a@b.example, c@d.example", "box@exa mple.org", "盒子@example.org", "Box <a@b.example",
        "a@b.example>", "Box <<a@b.example>>", "a@b.example <c@d.example>", "a@b.example\r\nBcc: x@y.z",
    ],
    "SMTP_URL": [
        "mail.example.org", "http://mail.example.org", "smtp://", "smtp://mei:geheim@", "smtp://mei:gehe/im@host",
        "smtp://host:port", "smtp://host:0x19", "smtp://mei:geheim@host/box", "smtp://host?tls=1",
        "smtp:host", "smtp://[::1", "smtps://host:70000",
    ],
    "TRUSTED_PROXIES": [
        "nonsense", "127.0.0.1,", "127.0.0.1 10.0.0.1", "10.0.0.1/8", "10.0.0.0/33", "*", "localhost",
        "127.0.0.1:80", "http://127.0.0.1", "127.0.0.256", ",",
    ],
    "METRICS_TOKEN": ["two\twords", "口令"],
    "STRIPE_API_KEY": ["pk_live_geheim", "geheim", "whsec_geheim", "sk_geheim", "sk_live_\u200bgeheim"],
    "STRIPE_WEBHOOK_SECRET": ["sk_live_geheim", "geheim"],
    "STRIPE_API_BASE": ["api.stripe.com", "ftp://x", "https://"],
}  # fmt: skip

RIGHT = {
    "BASE_URL": [
        "https://tickets.example.org", "http://127.0.0.1:8000", "https://tickets.example.org:8443/",
        "HTTPS://Tickets.Example.ORG", "https://南湖.example", "http://[::1]:8000", "http://localhost",
    ],
    "HOLD_MINUTES": ["1", "15", "120"],
    "LEAST_FREE_MB": ["0", "200", "5000"],
    "MAIL_FROM": [
        "box@example.org", "box@localhost", "南湖有戏 <box@example.org>", "Winterlicht <b+x@example.org>",
        '"Box, Office" <box@example.org>', "<box@example.org>", "box@bücher.example", "O’Neil·剧 <a@b.example>",
    ],
    "SMTP_URL": [
        "smtp://localhost", "smtp://mei%40x.org:a%2Fb%3A%40@mail.example.org:587", "smtps://mail.example.org",
        "smtp://[::1]:25", "smtp://10.0.0.1:25/",
    ],
    "TRUSTED_PROXIES": ["127.0.0.1", "127.0.0.1, 10.1.0.0/16", "::1", "fd00::/8", "10.0.0.1,10.0.0.2"],
    "METRICS_TOKEN": ["only to watch"],
    "STRIPE_API_BASE": ["http://127.0.0.1:8100", "https://api.stripe.com"],
    "DATABASE_URL": ["sqlite:///var/x.db", "postgresql+psycopg://u:p%40@host/name", "postgresql+psycopg://u@/x?host=/tmp"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_what_cannot_be_is_named_and_told_in_one_sentence(name: str, value: str) -> None:
    other = {"STRIPE_API_KEY": "sk_test_x", "STRIPE_WEBHOOK_SECRET": "whsec_x"}
    given = {**(other if name in other else {}), name: value}
    (sentence,) = faults(given)
    assert sentence.startswith(f"TICKETING_{name} ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "geheim" not in sentence
    assert "gehe/im" not in sentence


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in RIGHT.items() for value in values]
)
def test_what_can_be_is_taken(name: str, value: str) -> None:
    assert faults({name: value}) == []


def test_no_rule_was_left_out() -> None:
    files = {"TLS_CERT", "TLS_KEY", "DATABASE_URL"}
    assert WRONG.keys() | files == RULES.keys()


def test_all_findings_come_at_once_and_nothing_is_served(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, values in WRONG.items():
        monkeypatch.setenv(f"TICKETING_{name}", values[0])
    assert main(["serve", "--port", "0"]) == 2
    lines = capsys.readouterr().err.splitlines()
    named = {name for name in (*WRONG, "SECRET_KEY") for line in lines if f"_{name} " in line}
    assert named == {*WRONG, "SECRET_KEY"}
    assert list(tmp_path.iterdir()) == []


def test_a_command_minds_only_what_it_uses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TICKETING_HOLD_MINUTES", "fifteen")
    monkeypatch.setenv("TICKETING_DATABASE_URL", "sqlite:///here.db")
    assert from_environment(only="TICKETING_DATABASE_URL").database_url == "sqlite:///here.db"
    with pytest.raises(NotConfigured):
        from_environment()


def test_a_demo_takes_no_real_money(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TICKETING_STRIPE_API_KEY", "sk_live_x")
    monkeypatch.setenv("TICKETING_STRIPE_WEBHOOK_SECRET", "whsec_x")
    with pytest.raises(NotConfigured, match="real money"):
        from_environment(demo=True)


@pytest.fixture(scope="module")
def pems(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two certificates with their keys, a key with a passphrase, and what is none of these."""
    folder = tmp_path_factory.mktemp("tls")
    for name in ("one", "two"):
        key = ec.generate_private_key(ec.SECP256R1())
        who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "box.example")])
        begins = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        made = (
            x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
            .serial_number(1).not_valid_before(begins)
            .not_valid_after(begins + datetime.timedelta(days=3650)).sign(key, SHA256())
        )  # fmt: skip
        (folder / f"{name}.pem").write_bytes(made.public_bytes(Encoding.PEM))
        for ending, sealed in (("key", NoEncryption()), ("locked", BestAvailableEncryption(b"x"))):
            text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealed)
            (folder / f"{name}.{ending}").write_bytes(text)
    (folder / "garbage").write_bytes(bytes(range(256)))
    (folder / "empty").touch()
    return folder


@pytest.mark.parametrize(
    ("cert", "key", "word"),
    [
        ("one.pem", "one.key", ""),
        ("one.pem", "two.key", "do not belong together"),
        ("one.pem", "one.locked", "passphrase"),
        ("one.key", "one.pem", "no certificate as PEM"),
        ("one.pem", "garbage", "no private key as PEM"),
        ("garbage", "one.key", "no certificate as PEM"),
        ("empty", "empty", "no certificate as PEM"),
        ("one.pem", "missing", "TICKETING_TLS_KEY names"),
        (".", "one.key", "which is no file"),
        ("", "one.key", "belong together"),
    ],
)
def test_a_certificate_fits_its_key(pems: Path, cert: str, key: str, word: str) -> None:
    files = {"TLS_CERT": cert, "TLS_KEY": key}
    found = faults({name: str(pems / file) for name, file in files.items() if file})
    assert (found == []) if not word else (len(found) == 1 and word in found[0])
