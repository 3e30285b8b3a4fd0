"""The merchant's side of a ledger audit: what the books say of every payment of this run."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from harness.merchant.store.database import Database

__all__ = ["AuditReader", "audit_view", "payment_machine"]

_PAYMENTS = """
SELECT p.id, p.ref, p.user_id, p.course_id, p.payment_id, p.amount_poisha, p.currency, p.state,
    (SELECT count(*) FROM fulfilments AS f WHERE f.payment = p.id)
FROM payments AS p
WHERE p.archived = 0 AND (p.id > ? OR p.id IN (SELECT value FROM json_each(?))) ORDER BY p.id
"""
_UNDER_WAY = """
SELECT count(*) FROM payments WHERE archived = 0 AND state IN ('executing', 'pending')
"""
_MOVES = "SELECT before, after FROM payment_moves ORDER BY before, after"
_HISTORY = """
SELECT payment, state FROM payment_history
WHERE payment > ? OR payment IN (SELECT value FROM json_each(?)) ORDER BY id
"""

Audited = dict[str, Any]
"""One payment as the mock's audit wants it."""


def audit_view(database_path: Path) -> list[dict[str, Any]]:
    """Return the payments of a merchant's file as the mock's audit wants them.

    Seeded payments are left out: no gateway of this run ever knew them. An order is a shopper and a
    course, so two attempts at one course share it.

    Returns:
        One dict per payment, oldest first: `ref`, `order`, `payment_id`, `amount_poisha`,
        `currency`, `invoice`, `status`, `history`, `fulfilments`, `refunded_poisha`.

    Raises:
        ConfigurationError: the file cannot be opened, or is not a merchant's.
    """
    reader = AuditReader(database_path)
    try:
        return reader.take()
    finally:
        reader.close()


class AuditReader:
    """Read the books in instalments, each payment once: for runs that are longer than memory."""

    def __init__(self, database_path: Path) -> None:
        """Open a merchant's file beside the merchant.

        Raises:
            ConfigurationError: the file cannot be opened, or is not a merchant's.
        """
        self._database = Database(database_path)
        self._last_id = 0
        self._left: list[int] = []

    def take(self, is_done: Callable[[Audited], bool] | None = None) -> list[Audited]:
        """Return the payments that are done and were not returned before, oldest first.

        Without `is_done` all are. The others are looked at again the next time.
        """
        asked = (self._last_id, json.dumps(self._left))
        histories: dict[int, list[str]] = {}
        for payment, state in self._database.run(_HISTORY, asked):
            histories.setdefault(payment, []).append(state)
        taken, self._left = [], []
        for row in self._database.run(_PAYMENTS, asked).fetchall():
            self._last_id = max(self._last_id, row[0])
            audited = _as_audited(row, histories[row[0]])
            if is_done is None or is_done(audited):
                taken.append(audited)
            else:
                self._left.append(row[0])
        return taken

    def under_way(self) -> int:
        """Return how many payments may have money moving right now."""
        (count,) = self._database.run(_UNDER_WAY).fetchone()
        return int(count)

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def payment_machine(database_path: Path) -> dict[str, list[str]]:
    """Return the allowed moves of a payment: the states that may follow each state.

    Raises:
        ConfigurationError: the file cannot be opened, or is not a merchant's.
    """
    database = Database(database_path)
    try:
        machine: dict[str, list[str]] = {}
        for before, after in database.run(_MOVES):
            machine.setdefault(before, []).append(after)
    finally:
        database.close()
    return machine


def _as_audited(row: tuple[Any, ...], history: list[str]) -> dict[str, Any]:
    _, ref, user_id, course_id, payment_id, amount_poisha, currency, state, fulfilments = row
    return {
        "ref": ref,
        "order": f"user-{user_id}/course-{course_id}",
        "payment_id": payment_id,
        "amount_poisha": amount_poisha,
        "currency": currency,
        "invoice": ref,
        "status": state,
        "history": history,
        "fulfilments": fulfilments,
        "refunded_poisha": 0,
    }
