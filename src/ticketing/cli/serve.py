"""Serve the pages and the API, and make the caretaker's rounds."""

import argparse
import asyncio
import signal
import socket
import sys

import uvicorn

from ticketing.accounts.first_run import make_setup_token
from ticketing.accounts.house import open_front
from ticketing.app import create_app
from ticketing.caretaker import all_rounds, make_rounds
from ticketing.cli.command import Commands, Wrong, command, with_desk
from ticketing.config import DATABASE, Settings, from_environment, require_secret_key
from ticketing.demo import apart
from ticketing.demo.prepare import SIGN_INS, prepare
from ticketing.desk import schema
from ticketing.desk.desk import Desk
from ticketing.foundation.front import Front
from ticketing.foundation.log import speak
from ticketing.payments.known import providers
from ticketing.tickets.keys import Keyring, ensure_key, keyring
from ticketing.web.server import run
from ticketing.world.load import FIRST, festivals

NAMES = {"en": "English", "zh": "Chinese"}


def add_to(commands: Commands) -> None:
    serving = command(commands, "serve", serve, "serve the pages and the API")
    serving.add_argument("--demo", action="store_true", help="load the demo's data; pay by playing")
    text = "which of the demo's festivals: " + ", ".join(festivals())
    serving.add_argument("--festival", choices=festivals(), default=FIRST, help=text)
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8000)
    command(commands, "rounds", rounds, "make the caretaker's rounds once")


def serve(options: argparse.Namespace) -> int:
    refuse_taken(options.host, options.port)
    if options.festival != FIRST and not options.demo:
        raise Wrong("--festival is for the demo: say --demo, too.")
    settings = from_environment(
        demo=options.demo, host=options.host, port=options.port, database=database(options.festival)
    )
    speak(json=not settings.demo)
    for told in (signal.SIGTERM, signal.SIGINT):  # before the server listens, and once it stopped
        signal.signal(told, lambda *_: sys.exit(0))
    if settings.demo:
        prepare(settings, options.festival)
    else:
        schema.require_current(settings.database_url)
    with_desk(settings.database_url, lambda desk: look_at(desk, settings))
    app = create_app(settings, demo_sign_ins=SIGN_INS if settings.demo else ())
    announce(settings)
    config = uvicorn.Config(
        app, host=options.host, port=options.port,
        log_config=None, log_level="warning", access_log=False,
        ssl_certfile=settings.tls_cert or None, ssl_keyfile=settings.tls_key or None,
        proxy_headers=bool(settings.trusted_proxies), forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=10, server_header=False, lifespan="on",
    )  # fmt: skip
    return run(config)


def database(festival: str) -> str:
    """Return where the demo keeps a festival: each has a file of its own."""
    return DATABASE if festival == FIRST else f"sqlite:///var/{festival}.db"


def announce(settings: Settings) -> None:
    """Print where to go and how to sign in."""
    with_desk(settings.database_url, lambda desk: desk.read_now(open_front))
    others = Front.house["languages"][1:]
    other = "".join(f"   ({NAMES[each]}: {settings.base_url}/{each})" for each in others)
    print(f"\nFestival  {settings.base_url}/{other}")
    print(f"Door      {settings.base_url}/door\nOffice    {settings.base_url}/office")
    for email, password, role in SIGN_INS if settings.demo else []:
        print(f"  sign in as {role:<11} {email}  {password}")
    if token := with_desk(settings.database_url, lambda desk: desk.write_now(make_setup_token)):
        print(f"First run {settings.base_url}/first-run   set-up token: {token}")
    sys.stdout.flush()


def look_at(desk: Desk, settings: Settings) -> None:
    """Raise, before anything is served, where the secret key is another, or the house is the demo's."""
    if not settings.demo:
        desk.read_now(apart.refuse_house)
    desk.read_now(keyring, settings.secret_key)


def refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (
            OSError,
            OverflowError,
            UnicodeError,
        ) as error:  # taken, no port, no name of a machine
            why = getattr(error, "strerror", None) or error
            raise Wrong(f"{host}:{port} cannot be used ({why}): try --port and --host.") from None


def rounds(_options: argparse.Namespace) -> int:
    settings = from_environment()
    require_secret_key(settings)
    speak(json=True)

    def make(desk: Desk) -> None:
        desk.write_now(ensure_key, settings.secret_key)
        keys = desk.read_now(keyring, settings.secret_key)
        desk.read_now(open_front)
        asyncio.run(make_them(desk, keys))

    async def make_them(desk: Desk, keys: Keyring) -> None:
        asked = providers(settings)
        await make_rounds(all_rounds(desk, settings, keys, asked))
        for provider in asked.values():
            await provider.hang_up()

    with_desk(settings.database_url, make)
    return 0
