"""What the tests of the gate share: plans and figures of runs that nobody has run."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from harness.gate import Baseline, Times, VariantFigures, identify
from harness.merchant import BUILTIN
from harness.rundata import SCHEMA_VERSION, Manifest, RunConfiguration, VariantRecord
from harness.stats import Interval

STAGES_S = {"create_payment": 1.0, "token_lookup": 0.2, "insert_payment": 0.1}
VARIANTS = ("sequential", "optimized")


def make_plan(
    *,
    clock: str = "virtual",
    variants: tuple[str, ...] = VARIANTS,
    kind: str = "builtin",
    **configuration: Any,
) -> Manifest:
    """Return the manifest of a run of 1,200 payments."""
    asked: dict[str, Any] = {
        "profile": "constant",
        "profile_data": {"name": "constant", "operations": {"create_payment": {"value_s": 1.0}}},
        "time_scale": 1.0,
        "rate_per_s": 2.0,
        "duration_s": 600.0,
        "warmup_s": 8.0,
        "seed": 1,
        "token_lifetime_s": 20.0,
        "land_think_s": 3.0,
        "approve_think_s": 1.0,
        "baseline": variants[0],
    }
    return Manifest(
        schema_version=SCHEMA_VERSION,
        name="a run",
        created_utc="2026-11-23T10:15:00+00:00",
        command=("bkash-bench", "compare"),
        clock=clock,
        configuration=RunConfiguration(**{**asked, **configuration}),
        variants=tuple(VariantRecord(name, flags_of(name), kind, "", name) for name in variants),
        versions={},
        git_commit=None,
        machine={},
    )


def flags_of(name: str) -> tuple[str, ...]:
    """Return the flags of a variant of ours; none for a name that is not one's."""
    return tuple(BUILTIN[name].flags) if name in BUILTIN else ()


def make_times(median_s: float, *, n: int = 1200, spread_s: float | None = None) -> Times:
    """Return times around a median; `spread_s` is half the width of their intervals."""
    values = {"mean": 1.1, "p50": 1.0, "p90": 1.3, "p95": 1.4, "p99": 2.0, "max": 5.0}
    if n < 1000:
        del values["p99"]
    scaled = {name: round(factor * median_s, 9) for name, factor in values.items()}
    intervals = {}
    if spread_s is not None:
        intervals = {
            name: Interval(scaled[name] - spread_s, scaled[name] + spread_s)
            for name in ("mean", "p50", "p90", "p95")
        }
    return Times(n, scaled, intervals)


def make_figures(
    *,
    slower_s: dict[str, float] | None = None,
    spread_s: float | None = None,
    n: int = 1200,
    **changes: Any,
) -> VariantFigures:
    """Return the figures of a variant whose stages are `slower_s` slower than usual."""
    slower = slower_s or {}
    stages = {
        name: shift(make_times(median_s, n=n, spread_s=spread_s), slower.get(name, 0.0))
        for name, median_s in STAGES_S.items()
    }
    total_s = sum(slower.values())
    times = {
        "payment_time": shift(make_times(2.3, n=n, spread_s=spread_s), total_s),
        "make_payment": shift(make_times(1.4, n=n, spread_s=spread_s), total_s),
        "callback": make_times(0.9, n=n, spread_s=spread_s),
        "overhead": Times(None, {"p50": 0.01, "p95": 0.02}),
    }
    counts = {"gateway_calls_per_payment": 2.0, "token_grants": 4.0, "errors": 0.0}
    return replace(VariantFigures(n, times, stages, counts), **changes)


def shift(times: Times, by_s: float) -> Times:
    """Return times that all take so much longer."""
    return Times(
        times.n,
        {name: round(value + by_s, 9) for name, value in times.values.items()},
        {name: Interval(i.low + by_s, i.high + by_s) for name, i in times.intervals.items()},
    )


def make_baseline(plan: Manifest | None = None, **figures: VariantFigures) -> Baseline:
    """Return a baseline of the usual figures."""
    variants = figures or {name: make_figures() for name in VARIANTS}
    return Baseline(identify(plan or make_plan()), variants, "base.json")


@pytest.fixture(scope="session")
def plan_of() -> Callable[..., Manifest]:
    return make_plan


@pytest.fixture(scope="session")
def times_of() -> Callable[..., Times]:
    return make_times


@pytest.fixture(scope="session")
def figures_of() -> Callable[..., VariantFigures]:
    return make_figures


@pytest.fixture(scope="session")
def baseline_of() -> Callable[..., Baseline]:
    return make_baseline
