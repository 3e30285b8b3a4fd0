"""The end of a run: wait until every payment is settled, count what it cost, audit the ledger."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from harness.clock import NS_PER_S, now_ns
from harness.lab.admin import Admin
from harness.lab.audit import audit_variant, payer_views
from harness.lab.costs import count_costs
from harness.lab.experiment import Experiment
from harness.lab.meter import Meter
from harness.lab.servers import Servers
from harness.rundata import RunFolder, VariantRecord

__all__ = ["close_books", "settle"]

SETTLE_LIMIT_S = 20.0
"""Longest wait for payments under way, modelled: an execute without an answer is asked for within
this, and a payment that is still open then is a finding of the audit, not of our impatience."""

SHORTEST_SETTLE_S = 2.0
"""The same in wall seconds at small time scales, where our own code needs its time."""

POLL_S = 0.1

KEYS_SHOWN = 3

UNDER_WAY = frozenset({"executing", "pending"})
"""States in which money may be moving: only these are waited for. A shopper who never came back
from bKash leaves a payment open for ever, and that is no fault."""


async def close_books(
    experiment: Experiment, servers: Servers, folder: RunFolder, *, meter: Meter
) -> list[str]:
    """Settle, count and audit; write `costs.json` and `ledger.json`.

    Returns:
        Sentences for who reads the run.

    Raises:
        InvalidRunError: the mock does not answer.
    """
    limit_s = max(SETTLE_LIMIT_S * experiment.plan.time_scale, SHORTEST_SETTLE_S)
    notes = await settle(experiment, servers, limit_s=limit_s)
    horizon_s = experiment.plan.warmup_s + experiment.plan.duration_s
    async with Admin(servers.mock.url) as admin:
        costs = await count_costs(admin, servers.variants, meter=meter, horizon_s=horizon_s)
        folder.write_costs(costs)
        views = payer_views(folder.sample_paths())
        ledger = {}
        for variant in servers.variants:
            database = servers.databases.get(variant.name)
            if database is None and await admin.counters(variant.app_key) is None:
                # Held against an empty ledger, every payment would be one without a capture.
                notes.append(_unknown_key(variant, servers, await admin.app_keys()))
                continue
            ledger[variant.name] = await audit_variant(
                admin,
                app_key=variant.app_key,
                payments=None if database is None else experiment.audit_view(database),
                payer=views.get(variant.name, []),
            )
        folder.write_ledger(ledger)
    return notes


def _unknown_key(variant: VariantRecord, servers: Servers, called_with: list[str]) -> str:
    ours = {other.app_key for other in servers.variants}
    others = [repr(key) for key in called_with if key not in ours][:KEYS_SHOWN]
    seen = f"; the mock saw {', '.join(others)}" if others else ""
    return (
        f"{variant.name}: the mock was never called with app key {variant.app_key!r}, so its calls"
        " were not counted and its payments not audited. Name the key that the shop uses with"
        f" --target-key {variant.name}=APP_KEY{seen}."
    )


async def settle(experiment: Experiment, servers: Servers, *, limit_s: float) -> list[str]:
    """Wait until no payment is under way, at most `limit_s` wall seconds; say what still is."""
    deadline_ns = now_ns() + round(limit_s * NS_PER_S)
    open_payments = _open_payments(experiment, servers.databases)
    while open_payments and now_ns() < deadline_ns:
        await asyncio.sleep(POLL_S)
        open_payments = _open_payments(experiment, servers.databases)
    return [
        f"{count} payments of variant {name} had not come to an end {limit_s:g} s after the last"
        " shopper."
        for name, count in open_payments.items()
    ]


def _open_payments(experiment: Experiment, databases: Mapping[str, Path]) -> dict[str, int]:
    counts = {
        name: sum(payment["status"] in UNDER_WAY for payment in experiment.audit_view(path))
        for name, path in databases.items()
    }
    return {name: count for name, count in counts.items() if count}
