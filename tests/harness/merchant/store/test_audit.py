"""Laws of the audit's view: this run's payments, as they stand, and nothing seeded."""

from pathlib import Path
from typing import Any

import pytest

from harness.errors import ConfigurationError
from harness.merchant import AuditReader, PaymentState, audit_view, payment_machine


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


def test_books_are_read_in_instalments_each_payment_once(play: Any):
    """What is not done is looked at again, and comes when it is."""

    async def story(world: Any) -> Any:
        await world.pay(user_id=3, course_id=2)
        reader = AuditReader(world.merchant.settings.database_path)
        nothing = reader.take(lambda payment: False)
        await world.pay(user_id=4, course_id=2)
        only_paid = reader.take(lambda payment: payment["order"] == "user-3/course-2")
        under_way = reader.under_way()
        rest = reader.take()
        again = reader.take()
        reader.close()
        return nothing, only_paid, rest, again, under_way

    nothing, only_paid, rest, again, under_way = play(story)
    assert nothing == again == []
    assert [payment["order"] for payment in only_paid] == ["user-3/course-2"]
    assert [payment["order"] for payment in rest] == ["user-4/course-2"]
    assert rest[0]["history"] == ["initiated", "created", "executing", "paid"]
    assert under_way == 0
