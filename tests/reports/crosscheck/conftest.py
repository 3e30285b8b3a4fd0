"""Cross-checks without a run: figures that follow simple rules."""

from dataclasses import replace
from typing import Any

import pytest

from harness.rundata.crosscheck import CrosscheckRecord, StageRecord, TimesRecord

VARIANTS = ("sequential", "overlapped")
STAGES = {"payment": 0.1, "validate_user": 0.005, "create_payment": 0.03, "token_grant": None}


def stage(variant: str, name: str, added_s: float, most_s: float | None) -> StageRecord:
    verdict = "too_few" if most_s is None else "within" if added_s <= most_s else "outside"
    virtual = (7.5 if name == "payment" else 1.0, 9.0 if name == "payment" else 1.3)
    return StageRecord(
        variant=variant,
        stage=name,
        verdict=verdict,
        real_n=3 if most_s is None else 80,
        virtual_n=80,
        real_p50_s=virtual[0] + added_s,
        real_p95_s=virtual[1] + added_s,
        virtual_p50_s=virtual[0],
        virtual_p95_s=virtual[1],
        most_s=most_s,
    )


@pytest.fixture
def agreeing() -> CrosscheckRecord:
    """Every stage gets a fifth of what it may."""
    times = tuple(7.0 + 0.1 * n for n in range(20))
    return CrosscheckRecord(
        schema_version=1,
        name="both",
        created_utc="2026-11-23T10:00:00+00:00",
        command=("bkash-bench", "crosscheck"),
        seed=1,
        rate_per_s=4.0,
        duration_s=20.0,
        warmup_s=8.0,
        token_lifetime_s=20.0,
        profile="guide",
        waking_s=0.02,
        variants=VARIANTS,
        times=tuple(TimesRecord(v, tuple(t + 0.02 for t in times), times) for v in VARIANTS),
        stages=tuple(
            stage(v, name, 0.02 if most is None else most / 5, most)
            for v in VARIANTS
            for name, most in STAGES.items()
        ),
        audit_ok=True,
        wall_s=100.0,
        versions={"python": "3.11"},
        git_commit=None,
        machine={"cpu": "some", "cores": 2},
    )


@pytest.fixture
def disagreeing(agreeing: CrosscheckRecord) -> CrosscheckRecord:
    """One stage is far beyond its prediction, one just so."""
    worse: dict[tuple[str, str], Any] = {
        ("overlapped", "create_payment"): stage("overlapped", "create_payment", 0.2, 0.03),
        ("sequential", "validate_user"): stage("sequential", "validate_user", 0.006, 0.005),
    }
    stages = tuple(worse.get((s.variant, s.stage), s) for s in agreeing.stages)
    return replace(agreeing, stages=stages)


@pytest.fixture
def empty(agreeing: CrosscheckRecord) -> CrosscheckRecord:
    """A run too short to see anything."""
    times = tuple(TimesRecord(v, (), ()) for v in VARIANTS)
    none = tuple(
        replace(s, verdict="too_few", most_s=None, real_p50_s=None, real_p95_s=None)
        for s in agreeing.stages
    )
    return replace(agreeing, times=times, stages=none)
