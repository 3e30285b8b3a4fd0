"""Laws of figures."""

import numpy as np
import pandas as pd
import pytest

from harness.gate.figures import add_intervals, read_figures
from harness.rundata import Overhead, Quantiles, Summary, VariantSummary
from harness.stats import CONFIDENCE, PaymentTable, Statistic, describe, estimate_interval

S = 1_000_000_000
NONE = Quantiles(0, None, None, None, None, None, None)


def summary_of(**changes):
    shown = describe(np.array([1.0, 2.0, 3.0]))
    values = {
        "payment_time_s": shown,
        "overhead_ms": Overhead(p50=20.0, p95=None),
        "stages": {"create_payment": shown},
        "gateway_calls_per_payment": 2.0,
        "token_grants": 3,
        "errors": 1,
        "requests": {"make_payment": shown, "callback": shown},
    }
    variant = VariantSummary(**{**values, **changes})
    return Summary(1, {"cached": variant}, {}, [], "report.html")


def test_figures_are_those_of_the_summary():
    """In seconds throughout, and absent where they do not exist."""
    figures = read_figures(summary_of())["cached"]
    assert figures.payments == 3
    payment_time = figures.find("payment_time")
    assert payment_time.values == {"mean": 2.0, "p50": 2.0, "p90": 2.8, "p95": 2.9, "max": 3.0}
    assert figures.find("overhead").values == {"p50": 0.02}
    assert figures.find("make_payment").n == 3
    assert figures.find("create_payment") == payment_time
    assert figures.find("query_payment") is None
    assert figures.counts == {"gateway_calls_per_payment": 2.0, "token_grants": 3.0, "errors": 1.0}


def test_what_nobody_measured_is_absent():
    """A run that broke off, a backend that counts no calls, a summary of before."""
    figures = read_figures(
        summary_of(
            payment_time_s=NONE,
            overhead_ms=Overhead(None, None),
            gateway_calls_per_payment=None,
            requests={},
        )
    )["cached"]
    assert figures.times == {}
    assert set(figures.counts) == {"token_grants", "errors"}


def test_stage_that_is_called_like_a_metric_steps_back():
    """`callback` is the request's time, whatever a backend calls its stages."""
    odd = describe(np.array([9.0]))
    figures = read_figures(summary_of(stages={"callback": odd}))["cached"]
    assert figures.find("callback").values["max"] == 3.0


def table_of(n):
    """Return n payments of one variant, every second of which waited for a token."""
    total_ns = np.arange(n) * 10_000_000 + S
    half = np.arange(0, n, 2)
    payments = pd.DataFrame(
        {
            "variant": pd.Categorical(["cached"] * n),
            "warmup": False,
            "outcome": pd.Categorical(["ok"] * n),
            "total_ns": total_ns,
            "make_payment_ns": total_ns // 2,
            "callback_ns": total_ns - total_ns // 2,
            "has_model": True,
            "overhead_ns": 20_000_000,
        }
    )
    stages = pd.DataFrame(
        {
            "payment": np.concatenate([np.arange(n), half]),
            "stage": pd.Categorical(["create_payment"] * n + ["token_grant"] * half.size),
            "full_ns": np.concatenate([total_ns // 2, np.full(half.size, 2 * S)]),
        }
    )
    return PaymentTable(payments, stages, ("create_payment", "token_grant"))


def summary_of_table(table):
    times_s = table.payments["total_ns"] / S
    return summary_of(
        payment_time_s=describe(times_s),
        overhead_ms=Overhead(20.0, 20.0),
        stages={
            "create_payment": describe(times_s / 2),
            "token_grant": describe(np.full(len(times_s) // 2, 2.0)),
        },
        requests={"make_payment": describe(times_s / 2), "callback": describe(times_s / 2)},
    )


def test_intervals_are_those_of_the_bootstrap():
    """They hold their estimates, and are the same at every look."""
    table = table_of(60)
    figures = add_intervals(read_figures(summary_of_table(table)), table, seed=1)["cached"]
    for metric in ("payment_time", "make_payment", "callback", "create_payment", "token_grant"):
        times = figures.find(metric)
        assert set(times.intervals) == {"mean", "p50", "p90", "p95"}
        for name, interval in times.intervals.items():
            assert interval.low <= times.values[name] <= interval.high
            assert interval.confidence == CONFIDENCE
    assert set(figures.find("overhead").intervals) == {"p50", "p95"}
    again = add_intervals(read_figures(summary_of_table(table)), table, seed=1)["cached"]
    assert again == figures
    times_s = table.payments["total_ns"].to_numpy() / S
    wide = estimate_interval(times_s, Statistic.MEAN, rng=np.random.default_rng(1))
    mine = figures.find("payment_time").intervals["mean"]
    assert mine.high - mine.low == pytest.approx(wide.high - wide.low, rel=0.15)


def test_few_payments_have_no_interval():
    """With 30 payments the 15 that met a stale token say nothing certain."""
    table = table_of(30)
    figures = add_intervals(read_figures(summary_of_table(table)), table, seed=1)["cached"]
    assert figures.find("payment_time").intervals
    assert figures.find("token_grant").intervals == {}
