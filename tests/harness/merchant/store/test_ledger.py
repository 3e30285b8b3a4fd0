"""Laws of the books: the machine's moves and no others, one charge, one fulfilment."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.merchant.store import Database, Outcome, PaymentState, RowRefused
from harness.merchant.store.ledger import PaymentLedger, now_ms
from harness.simulation import run_virtual

MOVES = {
    ("initiated", "created"),
    ("initiated", "declined"),
    ("initiated", "abandoned"),
    ("created", "executing"),
    ("created", "declined"),
    ("created", "cancelled"),
    ("created", "abandoned"),
    ("executing", "paid"),
    ("executing", "declined"),
    ("executing", "pending"),
    ("executing", "created"),
    ("executing", "review"),
    ("pending", "paid"),
    ("pending", "declined"),
    ("pending", "abandoned"),
    ("pending", "review"),
}
PATHS = {
    "initiated": (),
    "created": ("created",),
    "executing": ("created", "executing"),
    "pending": ("created", "executing", "pending"),
    "paid": ("created", "executing", "paid"),
    "declined": ("created", "declined"),
    "cancelled": ("created", "cancelled"),
    "abandoned": ("created", "abandoned"),
    "review": ("created", "executing", "review"),
}
INSERT = (
    "INSERT INTO payments (ref, user_id, course_id, amount_poisha, state, created_at_ms,"
    " updated_at_ms) VALUES (?, 1, 1, 100, ?, 0, 0)"
)


@pytest.fixture
def database(database_path: Path) -> Iterator[Database]:
    database = Database(database_path)
    yield database
    database.close()


@pytest.fixture
def keep(database: Database) -> Callable[[Callable[[PaymentLedger], Any]], Any]:
    """Do something with a ledger while a loop runs, as its dates need one."""

    def run(work: Callable[[PaymentLedger], Any]) -> Any:
        async def main() -> Any:
            return work(PaymentLedger(database))

        return run_virtual(main())

    return run


def put(database: Database, ref: str, state: str) -> None:
    """Bring a payment into a state by lawful moves."""
    database.run(INSERT, (ref, "initiated"))
    for step in PATHS[state]:
        move(database, ref, step)


def move(database: Database, ref: str, state: str) -> None:
    trx_id = f"TRX{ref}" if state == "paid" else None
    database.run(
        "UPDATE payments SET state = ?, payment_id = ?, trx_id = ? WHERE ref = ?",
        (state, f"TR{ref}", trx_id, ref),
    )


@pytest.mark.parametrize(
    ("before", "after"), list(itertools.product(PATHS, PATHS)), ids=lambda state: state
)
def test_the_schema_allows_the_moves_of_the_machine_and_no_other(
    before: str, after: str, database: Database
):
    """All 81 pairs: a move that is not in the machine is refused by the database itself."""
    put(database, "r", before)
    if (before, after) in MOVES:
        move(database, "r", after)
        history = database.run("SELECT state FROM payment_history ORDER BY id").fetchall()
        assert [state for (state,) in history] == ["initiated", *PATHS[before], after]
    else:
        with pytest.raises(RowRefused, match="not a move"):
            move(database, "r", after)


def test_a_payment_begins_as_initiated(database: Database):
    """No row is born paid."""
    with pytest.raises(RowRefused, match="begins as initiated"):
        database.run(
            "INSERT INTO payments (ref, user_id, course_id, amount_poisha, state, payment_id,"
            " trx_id, created_at_ms, updated_at_ms) VALUES ('r', 1, 1, 100, 'paid', 'p', 't', 0, 0)"
        )


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("SET amount_poisha = 99", id="less than a taka"),
        pytest.param("SET amount_poisha = 10.5", id="not whole"),
        pytest.param("SET currency = 'USD'", id="other currency"),
        pytest.param("SET state = 'happy'", id="unknown state"),
        pytest.param("SET state = 'created'", id="created without paymentID"),
        pytest.param("SET trx_id = 't'", id="receipt without payment"),
        pytest.param("SET course_id = 999", id="unknown course"),
    ],
)
def test_rows_that_cannot_be_are_refused(statement: str, database: Database):
    """CHECKs and keys carry what a row means."""
    put(database, "r", "initiated")
    with pytest.raises(RowRefused):
        database.run(f"UPDATE payments {statement} WHERE ref = 'r'")


def test_a_paid_row_needs_its_receipt(database: Database):
    """Paid and the receipt come and go together."""
    put(database, "r", "executing")
    with pytest.raises(RowRefused, match="CHECK"):
        database.run("UPDATE payments SET state = 'paid' WHERE ref = 'r'")


@pytest.mark.parametrize("first", ["executing", "pending", "paid", "review"])
def test_a_course_is_charged_once_per_shopper(first: str, database: Database):
    """While money moves or has moved for one payment, no other of the pair may execute."""
    put(database, "a", first)
    put(database, "b", "created")
    with pytest.raises(RowRefused, match="UNIQUE"):
        move(database, "b", "executing")


@pytest.mark.parametrize("first", ["initiated", "created", "declined", "cancelled", "abandoned"])
def test_a_failed_attempt_does_not_stand_in_the_way(first: str, database: Database):
    """A shopper may try again."""
    put(database, "a", first)
    put(database, "b", "executing")
    states = database.run("SELECT state FROM payments WHERE ref IN ('a', 'b') ORDER BY ref")
    assert states.fetchall() == [(first,), ("executing",)]


def test_names_of_bkash_are_used_once(database: Database):
    """One paymentID, one receipt: one payment."""
    put(database, "a", "paid")
    put(database, "b", "initiated")
    with pytest.raises(RowRefused, match="payment_id"):
        database.run("UPDATE payments SET payment_id = 'TRa' WHERE ref = 'b'")


def test_a_claim_is_won_once(database: Database, keep: Any):
    """Of any number of callers one is to execute; the others see how it stands."""
    put(database, "r", "created")
    claims = keep(lambda ledger: [ledger.claim(ref="r", payment_id="TRr") for _ in range(64)])
    assert [claim.won for claim in claims] == [True] + [False] * 63
    assert {claim.payment.state for claim in claims} == {PaymentState.EXECUTING}


@pytest.mark.parametrize("attach", [True, False])
def test_an_unknown_ref_is_no_claim(attach: bool, keep: Any):
    """Nothing is there to be claimed."""
    assert keep(lambda ledger: ledger.claim(ref="x", payment_id="p", attach=attach)) is None


def test_another_paymentid_is_no_claim(database: Database, keep: Any):
    """And changes nothing."""
    put(database, "r", "created")
    assert keep(lambda ledger: ledger.claim(ref="r", payment_id="other")) is None
    assert keep(lambda ledger: ledger.find("r")).state is PaymentState.CREATED


def test_a_payment_without_its_paymentid_is_attached_only_by_who_knows(
    database: Database, keep: Any
):
    """Otherwise it is returned as it stands."""
    put(database, "r", "initiated")
    claim = keep(lambda ledger: ledger.claim(ref="r", payment_id="TRr"))
    assert (claim.won, claim.payment.state) == (False, PaymentState.INITIATED)
    claim = keep(lambda ledger: ledger.claim(ref="r", payment_id="TRr", attach=True))
    assert (claim.won, claim.payment.payment_id) == (True, "TRr")


def test_a_claim_of_a_second_window_is_lost_and_abandoned(database: Database, keep: Any):
    """The index of one charge decides, before bKash hears of it."""
    put(database, "a", "executing")
    put(database, "b", "created")
    claim = keep(lambda ledger: ledger.claim(ref="b", payment_id="TRb"))
    assert (claim.won, claim.payment.state) == (False, PaymentState.ABANDONED)


@pytest.mark.parametrize("attach", [True, False])
def test_turning_back_ends_what_was_not_executed(attach: bool, database: Database, keep: Any):
    """And leaves alone what was."""
    put(database, "a", "created")
    put(database, "b", "paid")
    outcome = Outcome(PaymentState.CANCELLED, reason="enough")
    claims = keep(
        lambda ledger: [
            ledger.turn_back(ref=ref, payment_id=f"TR{ref}", outcome=outcome, attach=attach)
            for ref in "ab"
        ]
    )
    assert [claim.payment.state.value for claim in claims] == ["cancelled", "paid"]
    assert [claim.won for claim in claims] == [True, False]


def test_attaching_twice_is_harmless_and_a_taken_name_is_refused(database: Database, keep: Any):
    """A name is stored once, and never for two."""
    put(database, "a", "created")
    put(database, "b", "initiated")
    assert keep(lambda ledger: ledger.attach(ref="a", payment_id="TRa"))
    assert not keep(lambda ledger: ledger.attach(ref="b", payment_id="TRa"))
    assert keep(lambda ledger: ledger.find("b")).state is PaymentState.INITIATED


def test_a_paid_payment_owes_its_course_once(database: Database, keep: Any):
    """However often the outcome is reported."""
    put(database, "r", "executing")
    outcome = Outcome(PaymentState.PAID, trx_id="T1")
    states = keep(lambda ledger: [ledger.settle(ref="r", outcome=outcome).state for _ in range(9)])
    assert set(states) == {PaymentState.PAID}
    assert database.run("SELECT count(*) FROM fulfilments").fetchone() == (1,)


def test_what_has_an_end_is_not_moved(database: Database, keep: Any):
    """A late outcome finds how the payment stands, and leaves it."""
    put(database, "r", "cancelled")
    outcome = Outcome(PaymentState.PAID, trx_id="T1")
    assert keep(lambda ledger: ledger.settle(ref="r", outcome=outcome)).state.value == "cancelled"


def test_a_receipt_that_pays_another_payment_is_for_a_person(database: Database, keep: Any):
    """It is not believed a second time."""
    put(database, "a", "paid")
    database.run("UPDATE payments SET user_id = 2 WHERE ref = 'a'")
    put(database, "b", "executing")
    outcome = Outcome(PaymentState.PAID, trx_id="TRXa")
    assert keep(lambda ledger: ledger.settle(ref="b", outcome=outcome)).state.value == "review"


@pytest.mark.parametrize("payment_id", ["TRnew", None])
def test_an_abandoned_payment_keeps_bkashs_name_for_it(
    payment_id: str | None, database: Database, keep: Any
):
    """The books know it, should anybody ask."""
    put(database, "r", "initiated")
    keep(lambda ledger: ledger.abandon_created(ref="r", payment_id=payment_id, reason="no"))
    payment = keep(lambda ledger: ledger.find("r"))
    assert (payment.state.value, payment.payment_id) == ("abandoned", payment_id)


def test_open_payments_are_found_by_what_they_wait_for(database: Database, keep: Any):
    """Money that may have moved, and shoppers who did not come back; archived ones are neither."""
    for number, state in enumerate(PATHS):
        put(database, f"r{number}", state) if state not in {"pending", "paid", "review"} else None
    assert {p.state.value for p in keep(PaymentLedger.unsettled)} == {"executing"}
    unfinished = keep(lambda ledger: ledger.unfinished(until_ms=now_ms()))
    assert {p.state.value for p in unfinished} == {"initiated", "created"}
    assert keep(lambda ledger: ledger.unfinished(until_ms=-1)) == []


def test_a_receipt_names_the_course(database: Database, keep: Any):
    """What the result page shows is one question."""
    put(database, "r", "created")
    receipt = keep(lambda ledger: ledger.receipt("r"))
    assert receipt.course_title == "SQL for Beginners"
    assert receipt.payment.ref == "r"
    assert keep(lambda ledger: ledger.receipt("x")) is None
