"""Laws of the audit's view: this run's payments, as they stand, and nothing seeded."""

from pathlib import Path
from typing import Any

import pytest

from harness.errors import ConfigurationError
from harness.merchant import PaymentState, audit_view, payment_machine


def test_seeded_payments_are_nobodys_business(database_path: Path):
    """No gateway of this run ever knew them."""
    assert audit_view(database_path) == []


def test_a_payment_is_shown_as_the_audit_wants_it(play: Any):
    """With its order, its name at bKash, its history and its fulfilments."""

    async def story(world: Any) -> Any:
        await world.pay(user_id=3, course_id=2)
        return world.payments()[0], await world.ledger()

    payment, ledger = play(story)
    assert payment == {
        "ref": payment["ref"],
        "order": "user-3/course-2",
        "payment_id": ledger[0]["payment_id"],
        "amount_poisha": 59_900,
        "currency": "BDT",
        "invoice": payment["ref"],
        "status": "paid",
        "history": ["initiated", "created", "executing", "paid"],
        "fulfilments": 1,
        "refunded_poisha": 0,
    }


def test_the_machine_is_read_from_the_schema(database_path: Path):
    """What the audit checks histories by is what the database enforces."""
    machine = payment_machine(database_path)
    states = set(PaymentState)
    assert set(machine) == {s for s in states if not s.is_final}
    assert {after for moves in machine.values() for after in moves} < states


def test_a_file_that_is_missing_is_said_so(tmp_path: Path):
    """In one sentence, and it is not created."""
    with pytest.raises(ConfigurationError, match="cannot open"):
        audit_view(tmp_path / "none")
    assert not (tmp_path / "none").exists()
