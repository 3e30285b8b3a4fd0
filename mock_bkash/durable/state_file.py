"""The SQLite file that a mock survives its own death with.

What a call changed is written before its answer leaves, in one transaction. SQLite's write-ahead
log is in the system's hands by then, so a process that is killed loses nothing; only a machine that
loses power may lose its last moments.
"""

import contextlib
import secrets
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

from msgspec import MsgspecError

from mock_bkash.durable.record import (
    PaymentRecord,
    TenantRecord,
    read_payment_record,
    read_tenant_record,
    write_payment_record,
    write_tenant_record,
)
from mock_bkash.payment import Payment
from mock_bkash.tenant import Tenant

__all__ = ["StateError", "StateFile"]

VERSION: Final = 1
SECRET_BYTES: Final = 32

MAX_DIGESTS: Final = 100_000
"""Payments whose last content is known without asking the file; others are written once more."""

_SCHEMA: Final = (files(__package__) / "schema.sql").read_text("utf-8")

_PUT_TENANT: Final = "INSERT OR REPLACE INTO tenant VALUES (?, ?)"
_PUT_TOKEN: Final = "INSERT OR IGNORE INTO token VALUES (?, ?, ?, ?, ?)"
_END_TOKEN: Final = "DELETE FROM token WHERE app_key = ? AND kind = ? AND digest = ?"
_PUT_PAYMENT: Final = (
    "INSERT INTO payment (app_key, payment_id, body) VALUES (?, ?, ?)"
    " ON CONFLICT (app_key, payment_id) DO UPDATE SET body = excluded.body"
)


class StateError(ValueError):
    """A state file that cannot be used; the message names it and the reason."""


class StateFile:
    """Keep tenants and payments.

    Attributes:
        path: of the file.
        secret: what ids are derived from.
        starts: how often the file was opened before.
    """

    def __init__(self, path: Path, *, secret: bytes | None = None) -> None:
        """Open or make the file; `secret` takes the place of the one in it.

        Raises:
            StateError: it cannot be opened, is no state file, or another mock is using it.
        """
        self.path = path
        self._written: dict[tuple[str, str], int] = {}
        self._tokens = 0
        with self._translated():
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(_SCHEMA)
            self.secret, self.starts = self._start(secret)

    def write(self, tenant: Tenant, payment: Payment | None) -> None:
        """Keep what a call changed: a payment, or without one the merchant's tokens.

        Raises:
            StateError: the disk is full, or worse.
        """
        if payment is None:
            self._write_tokens(tenant)
            return
        body = write_payment_record(tenant, payment)
        # Most calls look and change nothing; a digest in memory is cheaper than a transaction.
        key, digest = (tenant.app_key, payment.payment_id), hash(body)
        if self._written.get(key) == digest:
            return
        with self._translated():
            self._db.execute(_PUT_PAYMENT, (*key, body))
        self._note(key, digest)

    def write_tenant(self, tenant: Tenant) -> None:
        """Keep a merchant's credentials, clock and token budget.

        Raises:
            StateError: the disk is full, or worse.
        """
        with self._translated(), self._transaction():
            self._put_tenant(tenant)

    def forget(self, app_key: str) -> None:
        """Drop everything about an app key.

        Raises:
            StateError: the disk is full, or worse.
        """
        with self._translated(), self._transaction():
            self._db.execute("DELETE FROM tenant WHERE app_key = ?", (app_key,))
            self._db.execute("DELETE FROM token WHERE app_key = ?", (app_key,))
            self._db.execute("DELETE FROM payment WHERE app_key = ?", (app_key,))
        self._written = {key: d for key, d in self._written.items() if key[0] != app_key}

    def tenants(self) -> Iterator[TenantRecord]:
        """Yield the merchants; raises `StateError` where one cannot be read."""
        with self._translated():
            for (body,) in self._db.execute("SELECT body FROM tenant ORDER BY app_key").fetchall():
                yield read_tenant_record(body)

    def tokens(self, app_key: str) -> Iterator[tuple[str, bytes, int]]:
        """Yield kind, digest and end (modelled ms) of tokens, in the order of their issue."""
        asked = "SELECT kind, digest, expires_ms FROM token WHERE app_key = ? ORDER BY number"
        with self._translated():
            yield from self._db.execute(asked, (app_key,))

    def payments(self, app_key: str) -> Iterator[PaymentRecord]:
        """Yield the payments of a merchant, oldest first."""
        asked = "SELECT body FROM payment WHERE app_key = ? ORDER BY number"
        with self._translated():
            for (body,) in self._db.execute(asked, (app_key,)):
                yield read_payment_record(body)

    def close(self) -> None:
        """Close the file; another mock may open it now."""
        self._db.close()

    def _start(self, secret: bytes | None) -> tuple[bytes, int]:
        with self._transaction():
            row = self._db.execute("SELECT version, secret, starts FROM mock").fetchone()
            if row is None:
                row = (VERSION, secret or secrets.token_bytes(SECRET_BYTES), 0)
                self._db.execute("INSERT INTO mock VALUES (?, ?, ?)", row)
            version, kept, starts = row
            if version != VERSION:
                raise StateError(f"{self.path}: is of version {version}, expected {VERSION}")
            self._db.execute("UPDATE mock SET starts = ?", (starts + 1,))
            (self._tokens,) = self._db.execute(
                "SELECT coalesce(max(number), 0) FROM token"
            ).fetchone()
        return secret or kept, starts

    def _write_tokens(self, tenant: Tenant) -> None:
        shelves = (("id", tenant.id_tokens), ("refresh", tenant.refresh_tokens))
        newest = [(kind, *shelf.newest) for kind, shelf in shelves if shelf.newest is not None]
        ended = [(kind, shelf.ended.popleft()) for kind, shelf in shelves for _ in [*shelf.ended]]
        key, digest = (tenant.app_key, ""), hash(tuple(newest))
        if not ended and self._written.get(key) == digest:
            return
        with self._translated(), self._transaction():
            self._put_tenant(tenant)
            for kind, token, expiry_s in newest:
                self._tokens += 1
                expires_ms = tenant.clock.epoch_at_ms(expiry_s)
                row = (tenant.app_key, kind, token, expires_ms, self._tokens)
                self._db.execute(_PUT_TOKEN, row)
            for kind, token in ended:
                self._db.execute(_END_TOKEN, (tenant.app_key, kind, token))
        self._note(key, digest)

    def _note(self, key: tuple[str, str], digest: int) -> None:
        if key not in self._written and len(self._written) >= MAX_DIGESTS:
            del self._written[next(iter(self._written))]
        self._written[key] = digest

    def _put_tenant(self, tenant: Tenant) -> None:
        wall_ms = round(datetime.now(UTC).timestamp() * 1000)
        body = write_tenant_record(tenant, wall_ms=wall_ms)
        self._db.execute(_PUT_TENANT, (tenant.app_key, body))

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise StateError(f"{self.path}: another mock is using it") from error
            raise StateError(f"{self.path}: {error}") from error
        except (sqlite3.Error, MsgspecError) as error:
            raise StateError(f"{self.path}: is no state file of a mock ({error})") from error
