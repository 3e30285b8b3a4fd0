"""Laws of closing the books of a simulated run."""

import asyncio
from types import SimpleNamespace

import pytest

from harness.load import Answer, Exchange, Outcome, Reading, Request
from harness.rundata import RequestName
from harness.simulation import books, run_virtual
from harness.simulation.books import SETTLE_LIMIT_S, Witness, settle


def exchange(outcome: str, *, name=RequestName.CALLBACK, payment_id="TR1", error="") -> Exchange:
    request = Request(
        name=name,
        method="GET",
        url="http://shop.test/",
        headers={},
        body=None,
        think_s=0.0,
        background=False,
        payment_id=payment_id,
        read=lambda answer: Reading(outcome, error),
    )
    return Exchange.of(request, Answer(status=303), intended_ns=0, start_ns=0, end_ns=1)


@pytest.mark.parametrize(
    ("seen", "shown"),
    [
        (exchange(Outcome.OK), "paid"),
        (exchange(Outcome.NOT_PAID, error="says 'status=pending'"), "pending"),
        (exchange(Outcome.NOT_PAID, error="says 'status=failed'"), "failed"),
    ],
)
def test_a_witness_knows_what_the_shopper_was_shown(seen: Exchange, shown: str):
    """The audit holds it against the ledger."""
    witness = Witness()
    witness.see(seen)
    assert witness.views == [{"payment_id": "TR1", "shown": shown}]


@pytest.mark.parametrize(
    "seen",
    [
        exchange("http_500"),
        exchange(Outcome.OK, name=RequestName.MAKE_PAYMENT),
        exchange(Outcome.OK, payment_id=""),
    ],
)
def test_who_was_shown_nothing_is_no_witness(seen: Exchange):
    """An error page says nothing about the money."""
    witness = Witness()
    witness.see(seen)
    assert witness.views == []


def settled(monkeypatch: pytest.MonkeyPatch, *, after_s: float) -> tuple[float, list[str]]:
    """Settle books whose payment is under way until `after_s`; return when, and the notes."""

    def view(path: object) -> list[dict[str, str]]:
        under_way = asyncio.get_running_loop().time() < after_s
        return [{"status": "pending" if under_way else "paid"}, {"status": "created"}]

    async def wait() -> tuple[float, list[str]]:
        _, notes = await settle(SimpleNamespace(database_path="books"))  # type: ignore[arg-type]
        return asyncio.get_running_loop().time(), notes

    monkeypatch.setattr(books, "audit_view", view)
    return run_virtual(wait())


def test_books_are_settled_when_no_money_may_be_moving(monkeypatch: pytest.MonkeyPatch):
    """A shopper who never came back from bKash is not waited for."""
    assert settled(monkeypatch, after_s=0.0) == (0.0, [])
    at_s, notes = settled(monkeypatch, after_s=900.0)
    assert 900.0 <= at_s <= 1_000.0
    assert notes == []


def test_what_never_settles_is_said_and_left_to_the_audit(monkeypatch: pytest.MonkeyPatch):
    """The wait is bounded, and the reader is told how many."""
    at_s, notes = settled(monkeypatch, after_s=1e9)
    assert at_s >= SETTLE_LIMIT_S
    assert len(notes) == 1
    assert notes[0].startswith("1 payments had not come to an end")
