"""What-ifs without a simulation: records whose figures follow simple formulas."""

from typing import Any

import pytest

from harness.rundata.whatif import (
    Figures,
    KnobKind,
    PointRecord,
    SweepRecord,
    WhatIfRecord,
    WhatIfVariantRecord,
)

VARIANTS = ("sequential", "optimized")
BASE_S = {"sequential": 7.5, "optimized": 2.7}
STAGE_S = {"create_payment": 1.0, "execute_payment": 1.0, "insert_payment": 0.1, "token_grant": 2.0}


def figures(p50_s: float | None, **changes: Any) -> Figures:
    def times(factor: float) -> float | None:
        return None if p50_s is None else p50_s * factor

    values: dict[str, Any] = {
        "payments": 200,
        "failed": 0,
        "mean_s": times(1.05),
        "p50_s": p50_s,
        "p95_s": times(1.3),
        "p99_s": None,
        "make_payment_p50_s": times(0.5),
        "make_payment_p95_s": times(0.6),
        "floor_p50_s": None if p50_s is None else 2.3,
        "bkash_p50_s": None if p50_s is None else 2.0,
        "token_calls": 4,
        "worst_hour": 2,
    }
    return Figures(**{**values, **changes})


def stage_s(stage: str, variant: str) -> float:
    # Only the baseline waits for tokens.
    return 0.0 if (stage, variant) == ("token_grant", "optimized") else STAGE_S[stage]


def stage_sweep(stage: str, values: tuple[float, ...] = (0.25, 0.5, 1.0, 2.0)) -> SweepRecord:
    points = [
        PointRecord(
            value,
            {v: figures(BASE_S[v] + (value - 1) * stage_s(stage, v)) for v in VARIANTS},
        )
        for value in values
    ]
    return SweepRecord(stage, KnobKind.STAGE, "times", 1.0, tuple(points))


def setting_sweep(
    name: str, by_value: dict[float, Figures], *, unit: str = "s", base: float
) -> SweepRecord:
    points = [
        PointRecord(value, {"sequential": figures(7.5), "optimized": found})
        for value, found in by_value.items()
    ]
    return SweepRecord(name, KnobKind.SETTING, unit, base, tuple(points))


def make_record(sweeps: list[SweepRecord], **changes: Any) -> WhatIfRecord:
    values: dict[str, Any] = {
        "schema_version": 1,
        "name": "by-hand",
        "created_utc": "2026-11-23T04:00:00+00:00",
        "command": ("bkash-bench", "whatif"),
        "seed": 1,
        "payments": 200,
        "rate_per_hour": 60.0,
        "token_lifetime_s": 3_600.0,
        "limit_per_hour": 2,
        "all_stages": False,
        "profile": "guide",
        "profile_data": {"operations": {"token_grant": {"kind": "constant", "value_s": 2.0}}},
        "variants": tuple(WhatIfVariantRecord(name, (), "") for name in VARIANTS),
        "base": {name: figures(BASE_S[name]) for name in VARIANTS},
        "sweeps": tuple(sweeps),
        "simulations": 30,
        "audit_ok": True,
        "wall_s": 12.0,
        "jobs": 2,
        "versions": {"python": "3.11"},
        "git_commit": None,
        "machine": {"cpu": "a processor", "cores": 2},
    }
    return WhatIfRecord(**{**values, **changes})


class Hand:
    """What tests write records with."""

    figures = staticmethod(figures)
    stage = staticmethod(stage_sweep)
    setting = staticmethod(setting_sweep)
    record = staticmethod(make_record)


@pytest.fixture
def hand() -> type[Hand]:
    """Write sweeps and records by hand."""
    return Hand


@pytest.fixture
def ranked(hand: type[Hand]) -> WhatIfRecord:
    """A record in which all stages were swept."""
    return hand.record([hand.stage(name) for name in STAGE_S], all_stages=True)
