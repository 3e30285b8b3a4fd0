"""The books of a simulated run: audited in instalments while it goes on, and closed at its end.

A run may be longer than memory. So whatever has come to its end, at bKash, in the shop's books and
before the shopper's eyes, is audited and forgotten every thousand shoppers; what is left is audited
when all is settled. Waiting costs nothing here, so that takes as long as the shop itself needs.
"""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import msgspec

from harness.load import Exchange, Outcome
from harness.merchant import AuditReader, PaymentState, payment_machine
from harness.rundata import Costs, RequestName
from harness.simulation.inquiry import inquire
from harness.simulation.world import APP_KEY, World

__all__ = ["Bookkeeper", "Witness", "count_costs", "merge_verdicts"]

INSTALMENT: Final = 1_000
"""Shoppers between two audits: a few megabytes."""

SETTLE_LIMIT_S: Final = 3_600.0
"""Longest wait for payments under way: four times what the shop takes to give one up."""

_LONGEST_PAUSE_S: Final = 60.0

Verdict = dict[str, Any]


class Witness:
    """Remember what shoppers were shown, until it was audited.

    Attributes:
        shown: "paid", "pending" or "failed" by payment id.
        gone: payments whose shopper will ask no more.
    """

    def __init__(self) -> None:
        self.shown: dict[str, str] = {}
        self.gone: set[str] = set()

    def see(self, exchange: Exchange) -> None:
        """Take in an exchange; only a callback's answer tells how a payment stands."""
        request, reading = exchange.request, exchange.reading
        if request.name is not RequestName.CALLBACK or not request.payment_id:
            return
        if reading.outcome == Outcome.OK:
            self.shown[request.payment_id] = "paid"
        elif reading.outcome == Outcome.NOT_PAID:
            pending = "pending" in reading.error.lower()
            self.shown[request.payment_id] = "pending" if pending else "failed"
        # An error page says nothing about the payment: no witness.

    def leave(self, payment_id: str) -> None:
        """Note that a shopper's trip is over; "" where it never had a payment."""
        if payment_id:
            self.gone.add(payment_id)

    def hear(self, payments: Iterable[dict[str, Any]] | None) -> list[dict[str, str]]:
        """Give what is known of some payments, or of all that are left, and forget it."""
        if payments is None:
            ids = list(self.shown)
        else:
            ids = [payment["payment_id"] for payment in payments if payment["payment_id"]]
        self.gone.difference_update(ids)
        return [
            {"payment_id": payment_id, "shown": self.shown.pop(payment_id)}
            for payment_id in ids
            if payment_id in self.shown
        ]


class Bookkeeper:
    """Audit a run, part by part.

    Attributes:
        witness: what shoppers saw.
    """

    def __init__(self, world: World) -> None:
        """Open the shop's books for reading."""
        self.witness = Witness()
        self._mock = world.mock
        self._reader = AuditReader(world.database_path)
        self._machine = payment_machine(world.database_path)
        self._verdicts: list[Verdict] = []
        self._left = 0

    @classmethod
    @contextmanager
    def of(cls, world: World) -> "Iterator[Bookkeeper]":
        """Keep a world's books, and let go of them in the end."""
        keeper = cls(world)
        try:
            yield keeper
        finally:
            keeper._reader.close()

    async def leave(self, payment_id: str) -> None:
        """Note that a shopper's trip is over; audit what is done when enough of them have gone."""
        self.witness.leave(payment_id)
        self._left += 1
        if self._left % INSTALMENT == 0:
            payments = self._reader.take(self._is_done)
            await self._audit(payments, self.witness.hear(payments), settle=True)

    async def close(self) -> tuple[Verdict, list[str]]:
        """Wait until no money can be moving; return the verdict on everything, and notes."""
        notes = await self._settle()
        await self._audit(self._reader.take(), self.witness.hear(None), settle=False)
        return merge_verdicts(self._verdicts), notes

    def _is_done(self, payment: dict[str, Any]) -> bool:
        if not PaymentState(payment["status"]).is_final:
            return False
        return payment["payment_id"] is None or payment["payment_id"] in self.witness.gone

    async def _settle(self) -> list[str]:
        loop = asyncio.get_running_loop()
        deadline_s, pause_s = loop.time() + SETTLE_LIMIT_S, 1.0
        while under_way := self._reader.under_way():
            if loop.time() >= deadline_s:
                return [
                    f"{under_way} payments had not come to an end {SETTLE_LIMIT_S:g} s after the"
                    " last shopper."
                ]
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
        return []

    async def _audit(
        self, payments: list[dict[str, Any]], payer: list[dict[str, str]], *, settle: bool
    ) -> None:
        request = {
            "app_key": APP_KEY,
            "payments": payments,
            "payer": payer,
            "machine": self._machine,
            "settle": settle,
        }
        body = msgspec.json.encode(request)
        answer = await inquire(self._mock, "POST", "/_mock/audit", body=body)
        self._verdicts.append(msgspec.json.decode(answer))


def merge_verdicts(verdicts: Iterable[Verdict]) -> Verdict:
    """Return one verdict for an audit in instalments: sums of what was looked at and found."""
    merged: Verdict = {
        "ok": True,
        "payments": 0,
        "captures": 0,
        "violations": [],
        "invariants": {},
    }
    for verdict in verdicts:
        merged["ok"] = merged["ok"] and verdict["ok"]
        for key in ("payments", "captures", "violations"):
            merged[key] += verdict[key]
        for letter, examination in verdict["invariants"].items():
            known = merged["invariants"].setdefault(letter, {"applicable": False, "checked": 0})
            known["applicable"] = known["applicable"] or examination["applicable"]
            known["checked"] += examination["checked"]
            if "reason" in examination:
                known["reason"] = examination["reason"]
    for examination in merged["invariants"].values():
        if examination["applicable"]:
            examination.pop("reason", None)
    return merged


async def count_costs(world: World, *, horizon_s: float) -> Costs:
    """Ask mock and shop for their counters."""
    answer = await inquire(world.mock, "GET", f"/_mock/counters?app_key={APP_KEY}")
    counters = msgspec.json.decode(answer)
    used = await world.fleet.counts()
    return Costs(
        gateway_calls=dict(sorted(counters["calls"].items())),
        payments_started=counters["payments_created"],
        new_connections=counters["connections"],
        queries=used["queries"],
        token_hits=used["token_hits"],
        token_misses=used["token_misses"],
        # Memory and processor time are what a virtual clock cannot see.
        memory_bytes=None,
        cpu_s=None,
        horizon_s=horizon_s,
    )
