"""One point of a what-if: one variant under one scenario, and what is kept of it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harness.clock import NS_PER_S
from harness.merchant import Variant
from harness.rundata.whatif import Figures
from harness.simulation import PaymentTally, Tally, VirtualScenario
from harness.stages import Stage
from harness.stats import FLOOR_STAGES, describe
from harness.stats.worst_hour import worst_hour
from harness.study.cell import observe

__all__ = ["PointResult", "PointTask", "simulate_point"]

_BKASH = (Stage.CREATE_PAYMENT, Stage.EXECUTE_PAYMENT)


@dataclass(frozen=True, slots=True)
class PointTask:
    """Ask for one point.

    Attributes:
        scenario: with the knob turned.
        variant: of the shop.
    """

    scenario: VirtualScenario
    variant: Variant


@dataclass(frozen=True, slots=True)
class PointResult:
    """Hold what came out.

    Attributes:
        figures: of the payments.
        operations: stages and gateway calls that occurred at all.
        audit_ok: whether the ledger audit found nothing.
        notes: what a reader of the numbers has to know.
    """

    figures: Figures
    operations: frozenset[str]
    audit_ok: bool
    notes: tuple[str, ...]


def simulate_point(task: PointTask, report: Callable[[float], None]) -> PointResult:
    """Simulate a point.

    Args:
        task: which.
        report: told the share done, in [0, 1].

    Raises:
        HarnessError: it cannot be simulated.
    """
    tally = PaymentTally()
    outcome = observe(task.scenario, task.variant, tally, report)
    frozen = tally.freeze()
    calls_s = [at_s for times in outcome.token_calls_s.values() for at_s in times]
    return PointResult(
        figures=_figures(frozen, failed=outcome.failed, calls_s=calls_s),
        operations=frozenset((*frozen.stage_ns, *outcome.costs.gateway_calls)),
        audit_ok=outcome.ok,
        notes=outcome.notes,
    )


def _figures(tally: Tally, *, failed: int, calls_s: list[float]) -> Figures:
    measured = tally.measured
    times = describe(tally.payment_ns[measured] / NS_PER_S)
    make = describe(tally.make_payment_ns[measured] / NS_PER_S)
    return Figures(
        payments=times.n,
        failed=failed,
        mean_s=times.mean,
        p50_s=times.p50,
        p95_s=times.p95,
        p99_s=times.p99,
        make_payment_p50_s=make.p50,
        make_payment_p95_s=make.p95,
        floor_p50_s=describe(_sum(tally, FLOOR_STAGES)[measured] / NS_PER_S).p50,
        bkash_p50_s=describe(_sum(tally, _BKASH)[measured] / NS_PER_S).p50,
        token_calls=len(calls_s),
        worst_hour=worst_hour(calls_s).calls,
    )


def _sum(tally: Tally, stages: tuple[Stage, ...]) -> NDArray[np.int64]:
    total = np.zeros(tally.arrivals.size, dtype=np.int64)
    for stage in stages:
        if stage in tally.stage_ns:
            total += tally.stage_ns[stage]
    return total
