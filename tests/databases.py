"""Databases for tests: the schema is made once, each test gets a copy."""

import importlib
import pkgutil
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import sqlalchemy as sa
from alembic import command

import postgres
import pristine
import ticketing
from ticketing.desk.db import Base
from ticketing.desk.engines import writing_engine
from ticketing.desk.schema import configuration

numbers = count()


def import_every_model() -> None:
    for module in pkgutil.walk_packages(ticketing.__path__, "ticketing."):
        if module.name.endswith((".models", "desk.diary", "desk.outbox", "desk.idempotency")):
            importlib.import_module(module.name)


def make_tables(url: str) -> None:
    """Make what the migrations make, quicker, and say so."""
    engine = writing_engine(url)
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        command.stamp(configuration(connection), "head")
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    engine.dispose()


def postgres_url(folder: str, name: str) -> str:
    return f"postgresql+psycopg://{postgres.USER}@/{name}?host={folder}"


def create_database(folder: str, name: str, template: str = "template1") -> str:
    with psycopg.connect(
        host=folder, user=postgres.USER, dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(f'create database "{name}" template "{template}"'.encode())
    return postgres_url(folder, name)


def drop_database(folder: str, name: str) -> None:
    with psycopg.connect(
        host=folder, user=postgres.USER, dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(f'drop database "{name}" with (force)'.encode())


@contextmanager
def postgres_copy(folder: str, template: str) -> Iterator[str]:
    """A database as the template is; who comes later gets it as it was, if the tables still stand."""
    idle = pristine.kept[folder, template]
    here = idle.pop() if idle else new_postgres(folder, template)
    try:
        yield postgres_url(folder, here.name)
    finally:
        if pristine.put_back(here):
            idle.append(here)
        else:
            drop_database(folder, here.name)


def new_postgres(folder: str, template: str) -> pristine.Pristine:
    name = f"t{next(numbers)}"
    create_database(folder, name, template)
    return pristine.looked_at(folder, name)


def hang_up(folder: str) -> None:
    """Close the lines to the databases that are kept: the cluster ends."""
    for (where, _), idle in pristine.kept.items():
        for each in idle if where == folder else ():
            each.here.close()


def sqlite_copy(template: Path, folder: Path) -> str:
    shutil.copyfile(template, folder / "test.db")
    return f"sqlite:///{folder}/test.db"


def scalar(url: str, text: str) -> object:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(sa.text(text)).scalar()
    engine.dispose()
    return found
