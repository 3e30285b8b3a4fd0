"""Records without a simulation: what the tests of the attribution's page read."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from harness.cli.attribute.settings import GUIDE_SIX
from harness.merchant import Optimization
from harness.rundata import ATTRIBUTION, AttributionRecord, Costs, Measure, TrafficRecord
from harness.study.attribution.cell import CellResult
from harness.study.attribution.measures import measure_traffic
from harness.study.attribution.traffic import KINDS, make_scenario
from mock_bkash.latency import load_profile

S = 10**9
SHOPPERS = 1200


def _cell(kind: str, on: frozenset[Optimization], shoppers: int) -> CellResult:
    """Return a shop by mental arithmetic: grants, lookups, validations, and a slow one in ten."""
    has = on.__contains__
    number = np.arange(shoppers)
    waits = {name: np.full(shoppers, 1.0) for name in ("create_payment", "execute_payment")}
    cached = has(Optimization.TOKEN_CACHE)
    stale = number % 3 == 0 if kind == "quiet" else np.zeros(shoppers, dtype=np.bool_)
    if has(Optimization.PREFETCH) or has(Optimization.BACKGROUND_REFRESH):
        stale = np.zeros(shoppers, dtype=np.bool_)
    waits["token_grant"] = 2.0 * stale if cached else np.full(shoppers, 4.0)
    waits["token_lookup"] = np.full(shoppers, 0.0 if cached else 0.4)
    waits["validate_user"] = np.full(
        shoppers, 0.25 if has(Optimization.PARALLEL_VALIDATION) else 0.75
    )
    paid = np.ones(shoppers, dtype=np.bool_)
    if kind == "flaky":
        hanging = number % 10 == 0
        limit_s = 10.0 if has(Optimization.TIMEOUTS) else 25.0
        waits["execute_payment"] = np.where(hanging, limit_s, 1.0)
        paid = ~hanging if has(Optimization.TIMEOUTS) else paid
    waits["unaccounted"] = number % 7 * 0.01
    sums = {name: (seconds * S).astype(np.int64) for name, seconds in waits.items()}
    token_calls = 30 if cached else 2 * shoppers
    return CellResult(
        times_ns=np.sum(list(sums.values()), axis=0),
        paid=paid,
        stage_ns={name: int(values.sum()) for name, values in sums.items()},
        arrivals=shoppers,
        costs=Costs(
            gateway_calls={"token_grant": token_calls, "query_payment": int((~paid).sum())},
            payments_started=shoppers,
            new_connections=2 * shoppers,
            queries=9 * shoppers,
            token_hits=0,
            token_misses=0,
            memory_bytes=None,
            cpu_s=None,
            horizon_s=36_000.0,
        ),
        abandoned=int((~paid).sum()) // 2,
        token_calls_worst_hour=2 if cached else 240,
        audit_ok=True,
        digest="0" * 64,
        notes=("The shop was made up.",),
        horizon_s=36_000.0,
    )


# Made up once in a process: 64 cells and their shares cost a second, and nobody changes them.
@cache
def _traffic(kind: str, flags: tuple[Optimization, ...], shoppers: int) -> TrafficRecord:
    cells = [
        _cell(kind, frozenset(f for i, f in enumerate(flags) if number >> i & 1), shoppers)
        for number in range(1 << len(flags))
    ]
    scenario = make_scenario(
        KINDS[kind], profile=load_profile(KINDS[kind].profile or "guide"), payments=20, seed=1
    )
    return measure_traffic(KINDS[kind], scenario, flags, cells)


@pytest.fixture(scope="session")
def make_record() -> Callable[..., AttributionRecord]:
    """Return a function that makes up a record; its arguments replace attributes."""

    def make(
        *,
        kinds: tuple[str, ...] = ("quiet", "normal", "flaky"),
        flags: tuple[Optimization, ...] = GUIDE_SIX,
        shoppers: int = SHOPPERS,
        **changes: Any,
    ) -> AttributionRecord:
        facts: dict[str, Any] = {
            "schema_version": ATTRIBUTION.version,
            "name": "made-up",
            "created_utc": "2026-11-23T00:00:00+00:00",
            "command": ("bkash-bench", "attribute", "--out", "my runs/a"),
            "seed": 1,
            "payments": shoppers,
            "optimizations": tuple(flag.value for flag in flags),
            "base": (),
            "traffic": tuple(_traffic(kind, flags, shoppers) for kind in kinds),
            "wall_s": 12.0,
            "jobs": 2,
            "versions": {"python": "3.11"},
            "git_commit": None,
            "machine": {"cpu": "any", "cores": 2},
        }
        return AttributionRecord(**(facts | changes))

    return make


@pytest.fixture(scope="session")
def six(make_record: Callable[..., AttributionRecord]) -> AttributionRecord:
    """The guide's six under three kinds of traffic, made up once for all tests that only read."""
    return make_record()


@pytest.fixture(scope="session")
def tweak() -> Callable[..., AttributionRecord]:
    """Return a function that changes one share of a record."""

    def change(
        record: AttributionRecord,
        kind: str,
        flag: str,
        *,
        measure: Measure = Measure.TIME_MEAN,
        **changes: Any,
    ) -> AttributionRecord:
        place = record.optimizations.index(flag)
        traffic = []
        for one in record.traffic:
            if one.name == kind:
                measured = one.measures[measure]
                shares = list(measured.shares)
                shares[place] = replace(shares[place], **changes)
                new = replace(measured, shares=tuple(shares))
                one = replace(one, measures={**one.measures, measure.value: new})
            traffic.append(one)
        return replace(record, traffic=tuple(traffic))

    return change
