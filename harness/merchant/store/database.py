"""The SQLite file: opened, guarded by transactions, its statements counted.

SQLite is called synchronously, in short transactions of tens of microseconds: a thread would cost
more than it saves and is invisible to virtual time. Foreign exceptions end here.
"""

import secrets
import sqlite3
from collections.abc import Sequence
from enum import StrEnum
from importlib import resources
from pathlib import Path
from types import TracebackType

from harness.errors import ConfigurationError, HarnessError

__all__ = [
    "APPLICATION_ID",
    "SCHEMA_USER_VERSION",
    "Database",
    "Durability",
    "RowRefused",
    "StoreUnavailable",
    "Value",
    "schema_text",
]

APPLICATION_ID = 0x624B_4253
"""Written into the file ("bKBS"), so that nobody else's database is ever taken for ours."""

SCHEMA_USER_VERSION = 1
"""Version of `schema.sql` in the file."""

_BUSY_TIMEOUT_MS = 2_000
"""Longest wait for another process that writes; it blocks the loop, so it is short."""

Value = str | int | None


class Durability(StrEnum):
    """Choose what a committed transaction survives.

    Measured on the development machine, per commit of one row: process 0.013 ms, power 0.21 ms.
    """

    NOTHING = "nothing"
    """For worlds without power cuts: a simulated one saves a quarter of a millisecond a payment."""
    PROCESS = "process"
    POWER = "power"

    @property
    def pragma(self) -> str:
        """Return SQLite's name for it."""
        return _PRAGMAS[self]


_PRAGMAS = {
    Durability.NOTHING: "OFF",
    Durability.PROCESS: "NORMAL",
    Durability.POWER: "FULL",
}


class StoreUnavailable(HarnessError):
    """The database did not take a statement: nothing was written, the caller fails closed."""


class RowRefused(StoreUnavailable):
    """A constraint of the schema refused a row; inside this room that is an answer."""


class Database:
    """Hold the one connection of a merchant process to its file.

    Attributes:
        queries: statements sent so far, transaction brackets not counted.
    """

    def __init__(self, path: Path, *, durability: Durability = Durability.PROCESS) -> None:
        """Open a seeded file.

        Raises:
            ConfigurationError: the file cannot be opened, or is not a database of ours.
        """
        self.queries = 0
        self._path = path
        try:
            self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)
        except sqlite3.Error as error:
            raise _cannot_open(path, error) from error
        try:
            self._prepare(durability)
        except sqlite3.Error as error:
            self._connection.close()
            raise _cannot_open(path, error) from error
        except ConfigurationError:
            self._connection.close()
            raise

    def _prepare(self, durability: Durability) -> None:
        connection = self._connection
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if (application_id, version) != (APPLICATION_ID, SCHEMA_USER_VERSION):
            raise ConfigurationError(
                f"database {self._path}: not a database of this version of bkash-bench;"
                " move it away or name another file"
            )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {durability.pragma}")
        connection.execute("PRAGMA foreign_keys = ON")
        # A write that changes nothing: a file that only can be read is found out now, not when the
        # first shopper pays.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")

    def run(self, statement: str, parameters: Sequence[Value] = ()) -> sqlite3.Cursor:
        """Send one statement; outside of `transaction` it is a transaction of its own.

        Raises:
            RowRefused: a constraint of the schema does not allow the row.
            StoreUnavailable: the database could not carry it out.
        """
        self.queries += 1
        return self._send(statement, parameters)

    def _send(self, statement: str, parameters: Sequence[Value] = ()) -> sqlite3.Cursor:
        try:
            return self._connection.execute(statement, parameters)
        except sqlite3.IntegrityError as error:
            raise RowRefused(f"the schema refused a row: {error}") from error
        except sqlite3.Error as error:
            raise StoreUnavailable(f"the database did not answer: {error}") from error

    def transaction(self) -> "_Transaction":
        """Make the statements inside one unit: all of them or, on any exception, none.

        Raises:
            StoreUnavailable: the transaction could not begin or end.
        """
        return _Transaction(self)

    def _begin(self) -> None:
        self._send("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        try:
            self._send("COMMIT")
        except StoreUnavailable:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        # Some errors (a full disk) end the transaction by themselves.
        if self._connection.in_transaction:
            self._send("ROLLBACK")

    def secret(self, name: str) -> str:
        """Return the shop's own key of that name; one is made at the first question.

        Raises:
            StoreUnavailable: the database did not answer.
        """
        with self.transaction():
            self.run(
                "INSERT OR IGNORE INTO secrets (name, value) VALUES (?, ?)",
                (name, secrets.token_hex(32)),
            )
            (value,) = self.run("SELECT value FROM secrets WHERE name = ?", (name,)).fetchone()
        return str(value)

    def close(self) -> None:
        """Close the file; further use is a programmer's error."""
        self._connection.close()


class _Transaction:
    """Bracket statements; a class, which is entered and left faster than a generator."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> None:
        self._database._begin()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is None:
            self._database._commit()
        else:
            self._database._roll_back()


def schema_text() -> str:
    """Return `schema.sql`."""
    return resources.files("harness.merchant.store").joinpath("schema.sql").read_text("utf-8")


def _cannot_open(path: Path, error: sqlite3.Error) -> ConfigurationError:
    return ConfigurationError(
        f"database {path}: cannot open it: {error}; name a file that can be written"
    )
