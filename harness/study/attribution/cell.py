"""One cell of an attribution: one set of optimizations under one traffic, simulated and condensed.

Runs in a process of its own. What comes back is small: a time and an outcome per shopper, a sum per
stage, and the counters.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from harness.merchant import Variant
from harness.rundata import Costs, RequestName, Sample
from harness.rundata.sample import OUTCOME_OK
from harness.simulation import SimulationOutcome, VirtualScenario
from harness.stats import UNACCOUNTED, PaymentTable, payment_table
from harness.stats.worst_hour import worst_hour
from harness.study.cell import observe

__all__ = ["CellResult", "CellTask", "SampleColumns", "simulate_cell"]

_COLUMNS = (
    "variant",
    "arrival",
    "request",
    "stage",
    "intended_ns",
    "start_ns",
    "end_ns",
    "modelled_ns",
    "outcome",
    "warmup",
)
"""What a payment table is made from."""


@dataclass(frozen=True, slots=True)
class CellTask:
    """Ask for one cell."""

    scenario: VirtualScenario
    variant: Variant


@dataclass(frozen=True, slots=True)
class CellResult:
    """Hold one cell; arrays are in order of arrival, without the warm-up.

    Attributes:
        times_ns: (n,) time until each shopper had an answer.
        paid: (n,) whether it was that the payment is made.
        stage_ns: critical ns summed over all shoppers, by stage and for what none explains.
        arrivals: shoppers, warm-up included.
        costs: counters, warm-up included.
        abandoned: payments that bKash created and nobody executed, warm-up included.
        token_calls_worst_hour: most token calls within any 3,600 s.
        audit_ok: whether the ledger audit found nothing.
        digest: of all samples.
        notes: what a reader has to know.
        horizon_s: between first and last arrival.
    """

    times_ns: NDArray[np.int64]
    paid: NDArray[np.bool_]
    stage_ns: dict[str, int]
    arrivals: int
    costs: Costs
    abandoned: int
    token_calls_worst_hour: int
    audit_ok: bool
    digest: str
    notes: tuple[str, ...]
    horizon_s: float


class SampleColumns:
    """Take samples in as columns, and give them back as the table that a sample file would be."""

    def __init__(self) -> None:
        self._rows: list[tuple[object, ...]] = []

    def append(self, sample: Sample) -> None:
        """Take in one sample; what a page fetches beside the journey is nobody's waiting."""
        if sample.request == RequestName.PREFETCH:
            return
        self._rows.append(
            (
                sample.variant,
                sample.arrival,
                sample.request,
                sample.stage,
                sample.intended_ns,
                sample.start_ns,
                sample.end_ns,
                sample.modelled_ns,
                sample.outcome,
                sample.warmup,
            )
        )

    def frame(self) -> pd.DataFrame:
        """Return what was taken in, with the types of `harness.rundata.read_samples`."""
        frame = pd.DataFrame.from_records(self._rows, columns=list(_COLUMNS))
        words = dict.fromkeys(("variant", "request", "stage", "outcome"), "category")
        return frame.astype({**words, "modelled_ns": "float64", "warmup": "bool"})


def simulate_cell(task: CellTask, report: Callable[[float], None]) -> CellResult:
    """Simulate a cell and condense it.

    Args:
        task: which.
        report: told the share done, in [0, 1].

    Raises:
        HarnessError: it cannot be simulated.
    """
    columns = SampleColumns()
    outcome = observe(task.scenario, task.variant, columns, report)
    return _condense(payment_table(columns.frame(), time_scale=1.0), outcome)


def _condense(table: PaymentTable, outcome: SimulationOutcome) -> CellResult:
    counted = ~table.payments["warmup"].to_numpy()
    payments = table.payments[counted]
    sums = table.sum_per_payment("critical_ns")[counted].sum(axis=0)
    stage_ns = {name: int(sums[column]) for column, name in enumerate(table.stage_names)}
    stage_ns[UNACCOUNTED] = int(payments["unaccounted_ns"].sum())
    calls_s = [at_s for times in outcome.token_calls_s.values() for at_s in times]
    captures = int(outcome.verdict.get("captures", 0))
    return CellResult(
        times_ns=payments["total_ns"].to_numpy(),
        paid=(payments["outcome"] == OUTCOME_OK).to_numpy(),
        stage_ns=stage_ns,
        arrivals=outcome.payments,
        costs=outcome.costs,
        abandoned=outcome.costs.payments_started - captures,
        token_calls_worst_hour=worst_hour(calls_s).calls,
        audit_ok=outcome.ok,
        digest=outcome.digest,
        notes=outcome.notes,
        horizon_s=outcome.horizon_s,
    )
