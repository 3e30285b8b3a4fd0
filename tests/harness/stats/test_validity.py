"""What makes a run doubtful, one at a time."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from harness.rundata import Conduct, Costs, RunConfiguration
from harness.stats import WarningKind, check_run, check_variant

MS = 1_000_000
S = 1_000 * MS

_CONFIGURATION = RunConfiguration(
    profile="guide",
    profile_data={},
    time_scale=1.0,
    rate_per_s=4.0,
    duration_s=60.0,
    warmup_s=5.0,
    seed=1,
    token_lifetime_s=20.0,
    land_think_s=1.0,
    approve_think_s=1.0,
    baseline="sequential",
)
_COSTS = Costs({}, 240, None, None, None, None, None, None, 60.0)


def _payments(n: int = 240, warmup: int = 20) -> pd.DataFrame:
    """Return a blameless variant: 4 a second, 2 s each, 10 ms of them our own."""
    count = n + warmup
    arrived = (np.arange(count) * 0.25 * S).astype(np.int64)
    return pd.DataFrame(
        {
            "warmup": np.arange(count) < warmup,
            "outcome": pd.Categorical(["ok"] * count),
            "arrived_ns": arrived,
            "started_ns": arrived + MS,
            "total_ns": np.full(count, 2 * S),
            "lag_ns": np.full(count, MS),
            "has_model": True,
            "overhead_ns": np.full(count, 10 * MS),
            "critical_ns": np.full(count, 2 * S - 6 * MS),
            "unaccounted_ns": np.full(count, 6 * MS),
        }
    )


def _kinds(
    payments: pd.DataFrame,
    configuration: RunConfiguration = _CONFIGURATION,
    costs: Costs | None = _COSTS,
    *,
    audited: bool = True,
) -> dict[WarningKind, str]:
    found = check_variant("v", payments, configuration=configuration, costs=costs, audited=audited)
    return {warning.kind: warning.sentence for warning in found}


def test_a_blameless_variant_has_no_warnings() -> None:
    """Silence is earned."""
    assert _kinds(_payments()) == {}


def test_a_missed_rate_is_said_from_five_per_cent_on() -> None:
    """229 of 240 arrivals are within 5 %, 227 are not."""
    assert WarningKind.RATE_MISSED not in _kinds(_payments(229))
    sentence = _kinds(_payments(227))[WarningKind.RATE_MISSED]
    assert "3.78 of 4 planned payments per second came (5 % off)" in sentence


def test_arrivals_that_came_too_late_did_not_come_at_their_rate() -> None:
    """A generator that falls behind sends everything, but slower."""
    payments = _payments()
    payments["started_ns"] = (payments["arrived_ns"] * 1.3).astype(np.int64)
    assert WarningKind.RATE_MISSED in _kinds(payments)


def test_rate_is_judged_at_the_wall_speed_of_the_run() -> None:
    """At time scale 0.1 the arrivals of 60 s came within 6."""
    payments = _payments()
    for column in ("arrived_ns", "started_ns"):
        payments[column] //= 10
    configuration = replace(_CONFIGURATION, time_scale=0.1)
    assert _kinds(payments, configuration) == {}


def test_failures_are_counted_and_named() -> None:
    """The commonest come first, and only the first three."""
    payments = _payments()
    outcomes = ["timeout"] * 3 + ["http_500"] * 2 + ["refused", "protocol"]
    payments["outcome"] = pd.Categorical(["ok"] * 253 + outcomes)
    sentence = _kinds(payments)[WarningKind.ERRORS]
    assert "7 of 240 payments failed (3 timeout, 2 http_500, 1 refused, …)" in sentence


def test_few_kinds_of_failure_are_all_named() -> None:
    """Nothing is hinted at that is not there."""
    payments = _payments()
    payments["outcome"] = pd.Categorical(["ok"] * 259 + ["timeout"])
    assert "1 of 240 payments failed (1 timeout)." in _kinds(payments)[WarningKind.ERRORS]


def test_failures_in_the_warmup_are_not_counted() -> None:
    """What the warm-up is for."""
    payments = _payments()
    payments["outcome"] = pd.Categorical(["timeout"] * 20 + ["ok"] * 240)
    assert _kinds(payments) == {}


def test_nothing_measured_is_said_once() -> None:
    """Without payments no other judgement means anything."""
    nothing = _payments(0)
    assert set(_kinds(nothing, costs=None, audited=False)) == {WarningKind.NO_PAYMENTS}
    assert set(_kinds(_payments(0, 0))) == {WarningKind.NO_PAYMENTS}


def test_a_late_generator_is_said() -> None:
    """20 ms late at p95 are 1 % of 2 s; 21 are more."""
    payments = _payments()
    payments["lag_ns"] = 20 * MS
    assert _kinds(payments) == {}
    payments["lag_ns"] = 21 * MS
    assert "sent 21 ms late" in _kinds(payments)[WarningKind.LAG_HIGH]


def test_a_cold_first_tenth_means_a_short_warmup() -> None:
    """Twice the overhead and 10 ms more, in the first tenth of the payments."""
    payments = _payments()
    payments.loc[20:43, "overhead_ns"] = 40 * MS
    sentence = _kinds(payments)[WarningKind.WARMUP_SHORT]
    assert (
        "40 ms in the first tenth of the payments and 10 ms after: the warm-up of 5 s" in sentence
    )
    payments.loc[20:43, "overhead_ns"] = 19 * MS
    assert _kinds(payments) == {}


def test_no_warmup_is_said() -> None:
    """First-time costs are then part of the figures."""
    assert set(_kinds(_payments(warmup=0))) == {WarningKind.NO_WARMUP}


@pytest.mark.parametrize(
    ("n", "quantile"), [(200, None), (199, "p95"), (100, "p95"), (99, "p90"), (19, "p50")]
)
def test_quantiles_that_rest_on_too_few_are_named(n: int, quantile: str | None) -> None:
    """The lowest quantile beyond which fewer than ten lie."""
    configuration = replace(_CONFIGURATION, duration_s=n / 4)
    found = _kinds(_payments(n), configuration)
    if quantile is None:
        assert found == {}
    else:
        assert f"fewer than 10 lie beyond {quantile}," in found[WarningKind.FEW_PAYMENTS]


def test_a_large_unexplained_share_is_said() -> None:
    """More than a tenth of the time without a stage."""
    payments = _payments()
    payments["unaccounted_ns"] = 300 * MS
    assert "15 %" in _kinds(payments)[WarningKind.UNACCOUNTED_LARGE]


def test_a_backend_without_stages_is_told_how_to_send_them() -> None:
    """And at full scale its times are still right."""
    payments = _payments()
    payments["critical_ns"] = 0
    payments["has_model"] = False
    assert set(_kinds(payments)) == {WarningKind.NO_STAGES}


def test_without_modelled_waits_a_scaled_time_means_nothing() -> None:
    """It cannot be brought to full size, so the run is invalid."""
    payments = _payments()
    payments["has_model"] = False
    found = _kinds(payments, replace(_CONFIGURATION, time_scale=0.5))
    assert WarningKind.SCALE_WITHOUT_STAGES in found
    assert WarningKind.SCALE_WITHOUT_STAGES.invalidates


def test_missing_costs_and_audit_are_said() -> None:
    """What nobody counted, nobody may conclude from."""
    found = _kinds(_payments(), costs=None, audited=False)
    assert set(found) == {WarningKind.NO_COSTS, WarningKind.NO_AUDIT}


def test_a_run_without_a_planned_rate_misses_none() -> None:
    """A run of somebody's own Locust shapes plans nothing."""
    assert _kinds(_payments(), replace(_CONFIGURATION, rate_per_s=0.0)) == {}


def _run_kinds(conduct: Conduct | None, **changes: float) -> dict[WarningKind, str]:
    configuration = replace(_CONFIGURATION, **changes)  # type: ignore[arg-type]  # by name
    found = check_run(configuration, conduct=conduct, torn=[])
    return {warning.kind: warning.sentence for warning in found}


@pytest.mark.parametrize(("share", "busy"), [(None, False), (0.8, False), (0.81, True)])
def test_a_busy_generator_is_said_above_eighty_per_cent(share: float | None, busy: bool) -> None:
    """Nobody measures well who has no time."""
    found = _run_kinds(Conduct(generator_cpu_share=share))
    assert (WarningKind.GENERATOR_BUSY in found) is busy


def test_an_interrupted_run_is_said() -> None:
    """What was recorded is shown, as what it is."""
    assert set(_run_kinds(Conduct(interrupted=True))) == {WarningKind.INTERRUPTED}


def test_a_run_of_few_lifetimes_says_little_of_expiries() -> None:
    """At least three lifetimes, or expiries are too few."""
    assert _run_kinds(None) == {}
    found = _run_kinds(None, token_lifetime_s=25.0)
    assert "covered 2.4 token lifetimes" in found[WarningKind.FEW_EXPIRIES]


def test_torn_records_and_notes_are_passed_on() -> None:
    """In the words of those who saw."""
    found = check_run(_CONFIGURATION, conduct=Conduct(notes=("Stopped by hand.",)), torn=["Torn."])
    assert [warning.sentence for warning in found] == [
        "Torn. The figures rest on what was written before.",
        "Stopped by hand.",
    ]
