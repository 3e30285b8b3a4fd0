"""Laws of what a set of optimizations costs."""

from dataclasses import replace

import numpy as np

from harness.rundata import Costs, Measure
from harness.study.attribution.cell import CellResult
from harness.study.attribution.costs import cost_figures


def _cell(**changes):
    cell = CellResult(
        times_ns=np.ones(40, dtype=np.int64),
        paid=np.arange(40) < 38,
        stage_ns={},
        arrivals=50,
        costs=Costs(
            gateway_calls={"token_grant": 3, "token_refresh": 2, "query_payment": 4},
            payments_started=50,
            new_connections=100,
            queries=450,
            token_hits=None,
            token_misses=None,
            memory_bytes=None,
            cpu_s=None,
            horizon_s=1800.0,
        ),
        abandoned=1,
        token_calls_worst_hour=5,
        audit_ok=True,
        digest="",
        notes=(),
        horizon_s=1700.0,
    )
    return replace(cell, **changes)


def test_costs_are_per_shopper_hundred_or_hour():
    """Five token calls in half an hour are ten an hour; two of forty are five in a hundred."""
    (figures,) = ({m: v[0] for m, v in cost_figures([_cell()]).items()},)
    assert figures == {
        Measure.FAILED: 5,
        Measure.TOKEN_CALLS: 10,
        Measure.TOKEN_CALLS_WORST: 5,
        Measure.QUERIES: 9,
        Measure.BKASH_QUERIES: 8,
        Measure.ABANDONED: 2,
        Measure.CONNECTIONS: 2,
    }


def test_what_nobody_counted_in_one_cell_is_left_out_of_all():
    """A measure has a value in every set, or none."""
    uncounted = replace(_cell().costs, queries=None)
    figures = cost_figures([_cell(), _cell(costs=uncounted)])
    assert Measure.QUERIES not in figures
    assert len(figures[Measure.CONNECTIONS]) == 2
