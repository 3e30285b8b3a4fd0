"""What each variant used: the counters of the mock and the merchant, beside the meter's."""

from typing import Any

from harness.lab.admin import Admin
from harness.lab.meter import Meter, Usage
from harness.rundata import Costs, VariantRecord

__all__ = ["count_costs"]


async def count_costs(
    admin: Admin, variants: tuple[VariantRecord, ...], *, meter: Meter, horizon_s: float
) -> dict[str, Costs]:
    """Ask for every variant's counters; None stands where nobody could count.

    A variant whose app key the mock never saw is left out: its zeros would be no figures.

    Args:
        admin: how the servers are asked.
        variants: with the URL at which each runs.
        meter: that looked at the merchants' processes, by variant name.
        horizon_s: modelled seconds that the counters cover.

    Raises:
        InvalidRunError: the mock does not answer.
    """
    costs: dict[str, Costs] = {}
    for variant in variants:
        counters = await admin.counters(variant.app_key)
        if counters is None:
            continue
        figures = await admin.performance(variant.target) or {}
        costs[variant.name] = _costs(counters, figures, meter.usage(variant.name), horizon_s)
    return costs


def _costs(
    counters: dict[str, Any], figures: dict[str, Any], usage: Usage | None, horizon_s: float
) -> Costs:
    # A backend of somebody else's may answer anything under the same path.
    token = figures.get("token")
    token = token if isinstance(token, dict) else {}
    return Costs(
        gateway_calls=counters.get("calls", {}),
        payments_started=counters.get("payments_created", 0),
        new_connections=_count(counters.get("connections")),
        queries=_count(figures.get("queries")),
        token_hits=_count(token.get("hits")),
        token_misses=_count(token.get("misses")),
        memory_bytes=None if usage is None else usage.memory_bytes,
        cpu_s=None if usage is None else usage.cpu_s,
        horizon_s=horizon_s,
    )


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
