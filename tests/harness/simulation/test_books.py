"""Laws of the books of a simulated run: audited part by part, and closed when all is settled."""

import asyncio
from typing import Any

import msgspec
import pytest

from harness.load import Answer, Exchange, Outcome, Reading, Request
from harness.merchant import BUILTIN
from harness.rundata import RequestName
from harness.simulation import books, run_virtual, simulate
from harness.simulation.books import SETTLE_LIMIT_S, Bookkeeper, Witness, merge_verdicts


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
    assert witness.hear(None) == [{"payment_id": "TR1", "shown": shown}]


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
    assert witness.hear(None) == []


def test_a_witness_forgets_what_it_was_heard_about():
    """Memory holds those whose payments are still open, and nobody else."""
    witness = Witness()
    for payment_id in ("TR1", "TR2"):
        witness.see(exchange(Outcome.OK, payment_id=payment_id))
        witness.leave(payment_id)
    witness.leave("")
    payments = [{"payment_id": "TR1"}, {"payment_id": None}, {"payment_id": "TR9"}]
    assert witness.hear(payments) == [{"payment_id": "TR1", "shown": "paid"}]
    assert witness.gone == {"TR2"}
    assert witness.hear(None) == [{"payment_id": "TR2", "shown": "paid"}]
    assert witness.hear(None) == []


class FakeReader:
    """Books in which money moves until `until_s`."""

    def __init__(self, until_s: float) -> None:
        self.until_s = until_s

    def under_way(self) -> int:
        return int(asyncio.get_running_loop().time() < self.until_s)

    def take(self, is_done: object = None) -> list[dict[str, Any]]:
        return []


async def close(until_s: float) -> tuple[float, list[str], dict[str, Any]]:
    async def mock(scope, receive, send) -> None:
        asked = msgspec.json.decode((await receive())["body"])
        assert (asked["app_key"], asked["settle"]) == ("bench", False)
        verdict = {"ok": True, "payments": 0, "captures": 0, "violations": [], "invariants": {}}
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": msgspec.json.encode(verdict)})

    keeper = object.__new__(Bookkeeper)
    keeper.witness = Witness()
    keeper._mock, keeper._reader, keeper._machine = mock, FakeReader(until_s), {}  # type: ignore[assignment]
    keeper._verdicts, keeper._left = [], 0
    verdict, notes = await keeper.close()
    return asyncio.get_running_loop().time(), notes, verdict


def test_books_are_closed_when_no_money_may_be_moving():
    """At once, or as soon as the shop itself has become certain."""
    at_s, notes, verdict = run_virtual(close(0.0))
    assert (at_s, notes, verdict["ok"]) == (0.0, [], True)
    at_s, notes, _ = run_virtual(close(900.0))
    assert 900.0 <= at_s <= 1_000.0
    assert notes == []


def test_what_never_settles_is_said_and_left_to_the_audit():
    """The wait is bounded, and the reader is told how many."""
    at_s, notes, _ = run_virtual(close(1e9))
    assert at_s >= SETTLE_LIMIT_S
    assert len(notes) == 1
    assert notes[0].startswith("1 payments had not come to an end")


def verdict(**changes: Any) -> dict[str, Any]:
    usual = {
        "ok": True,
        "payments": 2,
        "captures": 1,
        "violations": [],
        "invariants": {"a": {"applicable": True, "checked": 2}},
    }
    return usual | changes


def test_instalments_add_up_to_one_verdict():
    """Everything that was looked at, everything that was found; one breach is enough."""
    found = {"invariant": "b", "payment_id": None, "ref": None, "message": "wrong"}
    merged = merge_verdicts(
        [
            verdict(),
            verdict(
                ok=False,
                violations=[found],
                invariants={
                    "a": {"applicable": False, "checked": 0, "reason": "no books"},
                    "h": {"applicable": False, "checked": 0, "reason": "no refunds"},
                },
            ),
        ]
    )
    assert merged == {
        "ok": False,
        "payments": 4,
        "captures": 2,
        "violations": [found],
        "invariants": {
            "a": {"applicable": True, "checked": 2},
            "h": {"applicable": False, "checked": 0, "reason": "no refunds"},
        },
    }


def test_instalments_find_what_one_audit_finds(make_scenario, monkeypatch: pytest.MonkeyPatch):
    """Audited every five shoppers, a run has the same samples, costs and verdict."""
    scenario = make_scenario("flaky", payments=40)
    whole = simulate(scenario, BUILTIN["sequential"])
    monkeypatch.setattr(books, "INSTALMENT", 5)
    parts = simulate(scenario, BUILTIN["sequential"])
    assert parts.digest == whole.digest
    assert parts.costs == whole.costs
    assert parts.ok
    assert parts.verdict["payments"] == whole.verdict["payments"]
    assert parts.verdict["captures"] == whole.verdict["captures"]
