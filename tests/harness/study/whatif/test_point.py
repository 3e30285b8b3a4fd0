"""Laws of one point of a what-if."""

from dataclasses import replace

import pytest

from harness.merchant import BUILTIN
from harness.simulation import Arrivals, VirtualScenario
from harness.study.whatif.point import PointTask, simulate_point
from mock_bkash.latency import load_profile, scale_profile

CONSTANT = load_profile("constant")
SCENARIO = VirtualScenario(
    profile=CONSTANT, arrivals=Arrivals(rate_per_s=1 / 60), payments=30, token_lifetime_s=3_600.0
)


def run(variant="sequential", **changes):
    task = PointTask(replace(SCENARIO, **changes), BUILTIN[variant])
    return simulate_point(task, lambda share: None)


def test_the_figures_are_mental_arithmetic():
    """Profile constant: 7.55 s for the baseline, of which 2.3 s are floor and 2 s bKash's."""
    found = run()
    assert found.figures.p50_s == pytest.approx(7.55)
    assert found.figures.p95_s == pytest.approx(7.55)
    assert found.figures.floor_p50_s == pytest.approx(2.3)
    assert found.figures.bkash_p50_s == pytest.approx(2.0)
    assert found.figures.payments == 30
    assert found.figures.token_calls == 60
    assert found.figures.p99_s is None
    assert found.audit_ok


def test_halving_a_stage_takes_half_of_it_off():
    """Exactly: nothing else changed."""
    faster = run(profile=scale_profile(CONSTANT, 0.5, operations=("create_payment",)))
    assert run().figures.p50_s - faster.figures.p50_s == pytest.approx(0.5)


def test_what_occurred_is_told():
    """A stage that never occurs need not be simulated at other speeds."""
    assert "token_grant" in run().operations
    assert "token_refresh" not in run().operations
    assert "token_refresh" in run("optimized", payments=60).operations
