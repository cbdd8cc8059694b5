"""What a command says when it cannot: one sentence for each kind of trouble, in its own words."""

import traceback
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from ticketing.cli.command import Wrong
from ticketing.config import NotConfigured
from ticketing.desk.engines import cause
from ticketing.desk.schema import Unable
from ticketing.foundation.errors import NotFound, Refused
from ticketing.foundation.fixture_file import FixtureError
from ticketing.foundation.sealing import WrongSecretKey

NO_TABLES = "the database has no tables yet, or those of an older version: run `ticketing migrate`."
FULL = "the disk of the database is full: nothing was stored."
BY_CODE = {  # SQLite's names of errors, PostgreSQL's SQLSTATE or the class that it begins with
    "SQLITE_NOTADB": "the file that TICKETING_DATABASE_URL names is no SQLite database.",
    "SQLITE_CORRUPT": "the database file is damaged: put a backup back with `ticketing restore`.",
    "SQLITE_CANTOPEN": "the file that TICKETING_DATABASE_URL names cannot be opened.",
    "SQLITE_READONLY": "this user may not write the file that TICKETING_DATABASE_URL names.",
    "SQLITE_BUSY": "another process holds the database: nothing was stored, try again.",
    "SQLITE_FULL": FULL,
    "SQLITE_IOERR": "the disk of the database cannot be read or written.",
    "28": "the database server does not know this user and password: see TICKETING_DATABASE_URL.",
    "3D000": "the server has no database of the name in TICKETING_DATABASE_URL: create it first.",
    "42P01": NO_TABLES,
    "42703": NO_TABLES,
    "42501": "the database's user may not do this: give it rights on the tables.",
    "25006": "the database server takes no writes now.",
    "53100": FULL,
    "53": "the database server has no room for one more connection: try again.",
    "57": "the database server is stopping or starting: try again.",
}


def sentence(error: Exception) -> str:
    """Return what to print on stderr; the last words are for what nobody thought of."""
    if isinstance(error, (NotConfigured, FixtureError, Unable, Wrong)):
        return str(error)
    if type(error) is NotFound:  # its own words are a web page's
        return "nothing of that name is known here."
    if isinstance(error, Refused):
        return error.sentence("en")
    if isinstance(error, WrongSecretKey):
        return f"{error}. Set the key with which this database was made."
    if isinstance(error, SQLAlchemyError) or of_a_driver(cause(error)):
        return of_database(cause(error))
    if isinstance(error, OSError):
        where = error.filename or "the output"
        return f"{where}: {error.strerror or error}."
    if isinstance(error, UnicodeError):
        return "what was given is no text in UTF-8."
    if isinstance(error, (RecursionError, MemoryError)):
        return "what was given is too large, or nested too deep."
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    return f"this should not happen ({type(error).__name__} at {place}): please report it."


def of_a_driver(error: BaseException) -> bool:
    return type(error).__module__.partition(".")[0] in ("sqlite3", "psycopg")


def of_database(error: BaseException) -> str:
    first = " ".join(str(error).split("\n")[0].split()) or type(error).__name__
    if first.startswith(("no such table", "no such column")) or "has no column named" in first:
        return NO_TABLES
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None) or ""
    for known in (code, *(part for part in BY_CODE if code.startswith(part))):
        if known in BY_CODE:
            return BY_CODE[known]
    if type(error).__name__ == "OperationalError" and not code:
        return f"the database server does not answer: {first.rstrip('.')}."
    return f"the database says: {first.rstrip('.')}."
