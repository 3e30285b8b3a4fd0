"""Laws of what a planned run can show."""

from dataclasses import replace

import pytest

from harness.gate.prospect import never_has, planned_payments
from harness.merchant import BUILTIN
from harness.rundata import VariantRecord
from harness.simulation import Arrivals, VirtualScenario, simulate_all
from harness.stages import Stage
from mock_bkash.latency import load_profile


def record_of(name: str) -> VariantRecord:
    return VariantRecord(name, tuple(BUILTIN[name].flags), "builtin", "", name)


def test_a_plan_says_how_many_pay(plan_of):
    """Rate times duration, as the manifest has them."""
    assert planned_payments(plan_of(rate_per_s=1 / 30, duration_s=1800.0)) == pytest.approx(60)


@pytest.mark.parametrize(
    ("variant", "stage", "never"),
    [
        ("sequential", "token_refresh", True),
        ("stored", "token_refresh", True),
        ("cached", "token_refresh", False),
        ("sequential", "token_lookup", False),
        ("sequential", "query_payment", False),
        ("sequential", "payment_time", False),
    ],
)
def test_who_keeps_no_token_never_renews_one(variant, stage, never):
    """Everything else may happen, and is known after the run."""
    assert never_has(record_of(variant), stage) is never


def test_of_strangers_nothing_is_known():
    """A backend of the user's own, or a flag of a later version."""
    record = record_of("sequential")
    assert not never_has(replace(record, kind="target"), "token_refresh")
    assert not never_has(replace(record, optimizations=("warp",)), "token_refresh")


def test_what_never_happens_does_not():
    """No variant of ours shows a stage in a simulated day that it is said never to have."""
    scenario = VirtualScenario(
        profile=load_profile("flaky"), arrivals=Arrivals(rate_per_s=1 / 300), duration_s=4 * 3600.0
    )
    outcomes = simulate_all(scenario, list(BUILTIN.values()), jobs=1, keep_tally=True)
    for name, outcome in outcomes.items():
        seen = set(outcome.tally.stage_ns)
        assert not [stage for stage in seen & set(Stage) if never_has(record_of(name), stage)]
