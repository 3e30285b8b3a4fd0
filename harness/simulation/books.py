"""The end of a simulated run: wait until every payment is settled, count, and audit the ledger.

Waiting costs nothing here, so it lasts as long as the shop itself needs to be certain.
"""

import asyncio
from typing import Any, Final

import msgspec

from harness.load import Exchange, Outcome
from harness.merchant import audit_view
from harness.rundata import Costs, RequestName
from harness.simulation.inquiry import inquire
from harness.simulation.world import APP_KEY, World

__all__ = ["Witness", "audit_books", "count_costs", "settle"]

SETTLE_LIMIT_S: Final = 3_600.0
"""Longest wait for payments under way: four times what the shop takes to give one up."""

_LONGEST_PAUSE_S: Final = 60.0

UNDER_WAY: Final = frozenset({"executing", "pending"})
"""States in which money may be moving. A shopper who never came back leaves a payment open for
ever, and that is no fault."""

View = list[dict[str, Any]]


class Witness:
    """Remember what shoppers were shown at the end.

    Attributes:
        views: as the audit request wants them.
    """

    def __init__(self) -> None:
        self.views: list[dict[str, str]] = []

    def see(self, exchange: Exchange) -> None:
        """Take in an exchange; only a callback's answer tells how a payment stands."""
        request, reading = exchange.request, exchange.reading
        if request.name is not RequestName.CALLBACK or not request.payment_id:
            return
        if reading.outcome == Outcome.OK:
            shown = "paid"
        elif reading.outcome == Outcome.NOT_PAID:
            shown = "pending" if "pending" in reading.error.lower() else "failed"
        else:
            # An error page says nothing about the payment: no witness.
            return
        self.views.append({"payment_id": request.payment_id, "shown": shown})


async def settle(world: World) -> tuple[View, list[str]]:
    """Wait until no payment is under way; return the shop's books, and what is to be said."""
    loop = asyncio.get_running_loop()
    deadline_s, pause_s = loop.time() + SETTLE_LIMIT_S, 1.0
    while True:
        view = audit_view(world.database_path)
        under_way = sum(payment["status"] in UNDER_WAY for payment in view)
        if under_way == 0:
            return view, []
        if loop.time() >= deadline_s:
            return view, [
                f"{under_way} payments had not come to an end {SETTLE_LIMIT_S:g} s after the last"
                " shopper."
            ]
        await asyncio.sleep(pause_s)
        pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)


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


async def audit_books(world: World, view: View, witness: Witness) -> dict[str, Any]:
    """Let the mock judge the shop's books and what its shoppers were shown."""
    request = {"app_key": APP_KEY, "payments": view, "payer": witness.views}
    answer = await inquire(world.mock, "POST", "/_mock/audit", body=msgspec.json.encode(request))
    verdict: dict[str, Any] = msgspec.json.decode(answer)
    return verdict
