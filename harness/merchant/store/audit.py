"""The merchant's side of a ledger audit: what the books say of every payment of this run."""

from pathlib import Path
from typing import Any

from harness.merchant.store.database import Database

__all__ = ["audit_view", "payment_machine"]

_PAYMENTS = """
SELECT p.id, p.ref, p.user_id, p.course_id, p.payment_id, p.amount_poisha, p.currency, p.state,
    (SELECT count(*) FROM fulfilments AS f WHERE f.payment = p.id)
FROM payments AS p WHERE p.archived = 0 ORDER BY p.id
"""
_MOVES = "SELECT before, after FROM payment_moves ORDER BY before, after"
_HISTORY = "SELECT payment, state FROM payment_history ORDER BY id"


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
    database = Database(database_path)
    try:
        histories: dict[int, list[str]] = {}
        for payment, state in database.run(_HISTORY):
            histories.setdefault(payment, []).append(state)
        rows = database.run(_PAYMENTS).fetchall()
    finally:
        database.close()
    return [_as_audited(row, histories[row[0]]) for row in rows]


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
