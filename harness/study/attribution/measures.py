"""From the cells of one kind of traffic to shares: what is measured, and how it is shared out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from harness.merchant import Optimization
from harness.rundata import CellRecord, Measure, MeasureRecord, ShareRecord, TrafficRecord
from harness.simulation import VirtualScenario
from harness.stats import (
    Allotment,
    Grid,
    Interval,
    allot,
    random_generator,
    share_intervals,
)
from harness.study.attribution.cell import CellResult
from harness.study.attribution.costs import cost_figures
from harness.study.attribution.traffic import TrafficKind

__all__ = ["measure_traffic"]

_TIME = {
    "mean": Measure.TIME_MEAN,
    "p50": Measure.TIME_P50,
    "p95": Measure.TIME_P95,
    "p99": Measure.TIME_P99,
}
_PAID = {
    "mean": Measure.PAID_MEAN,
    "p50": Measure.PAID_P50,
    "p95": Measure.PAID_P95,
    "p99": Measure.PAID_P99,
}
_Intervals = tuple[Interval | None, ...]


def measure_traffic(
    kind: TrafficKind,
    scenario: VirtualScenario,
    optimizations: Sequence[Optimization],
    results: Sequence[CellResult],
) -> TrafficRecord:
    """Share out everything that was measured under one kind of traffic.

    Args:
        kind: of traffic.
        scenario: that it became.
        optimizations: to be shared out.
        results: of the cells, numbered by their bits: cell c has the i-th where bit i of c is 1.
    """
    grid = _grid(results)
    paid = grid.paid_everywhere
    figures = {
        **{_TIME[name]: values for name, values in grid.figures_s().items()},
        **{_PAID[name]: values for name, values in grid.figures_s(paid).items()},
        **cost_figures(results),
    }
    intervals = _intervals(grid, figures, seed=scenario.seed, name=kind.name)
    measures = {
        measure: _measure(allot(values), optimizations, intervals.get(measure))
        for measure, values in figures.items()
    }
    stages = {name: allot(values) for name, values in grid.mean_stage_s().items()}
    measures[Measure.TIME_MEAN] = _with_stages(measures[Measure.TIME_MEAN], stages)
    return TrafficRecord(
        name=kind.name,
        words=kind.words,
        profile=scenario.profile.name,
        profile_data=scenario.profile.to_dict(),
        scenario={
            **scenario.to_dict(),
            "warmup_s": scenario.warmup_s,
            "token_lifetime_s": scenario.token_lifetime_s,
            "land_think_s": scenario.land_think_s,
            "approve_think_s": scenario.approve_think_s,
        },
        shoppers=grid.paid.shape[1],
        paid_everywhere=int(paid.sum()),
        horizon_s=results[0].horizon_s,
        cells=tuple(
            CellRecord(
                optimizations=tuple(
                    flag.value for i, flag in enumerate(optimizations) if number >> i & 1
                ),
                measures={name.value: float(values[number]) for name, values in figures.items()},
                costs=result.costs,
                audit_ok=result.audit_ok,
                digest=result.digest,
            )
            for number, result in enumerate(results)
        ),
        measures={name.value: measure for name, measure in measures.items()},
        notes=tuple(dict.fromkeys(note for result in results for note in result.notes)),
    )


def _grid(results: Sequence[CellResult]) -> Grid:
    names = sorted({name for result in results for name in result.stage_ns})
    return Grid(
        times_ns=np.stack([result.times_ns for result in results]),
        paid=np.stack([result.paid for result in results]),
        stage_ns={
            name: np.array([result.stage_ns.get(name, 0) for result in results]) for name in names
        },
    )


def _intervals(
    grid: Grid, figures: Mapping[Measure, object], *, seed: int, name: str
) -> dict[Measure, _Intervals]:
    paid = grid.paid_everywhere
    everybody = share_intervals(grid.times_s(), rng=random_generator(seed, "shares", name))
    found = {_TIME[statistic]: intervals for statistic, intervals in everybody.items()}
    if paid.all():
        found |= {_PAID[statistic]: intervals for statistic, intervals in everybody.items()}
        return found
    if Measure.PAID_MEAN in figures:
        rng = random_generator(seed, "shares", name, "paid")
        some = share_intervals(grid.times_s(paid), rng=rng)
        found |= {_PAID[statistic]: intervals for statistic, intervals in some.items()}
    rng = random_generator(seed, "shares", name, "failed")
    failed = np.where(grid.paid, 0.0, 100.0)
    found[Measure.FAILED] = share_intervals(failed, rng=rng)["mean"]
    return found


def _measure(
    allotment: Allotment, optimizations: Sequence[Optimization], intervals: _Intervals | None
) -> MeasureRecord:
    unknown: _Intervals = (None,) * len(optimizations)
    shares = []
    for i, (flag, interval) in enumerate(zip(optimizations, intervals or unknown, strict=True)):
        shares.append(
            ShareRecord(
                optimization=flag.value,
                saved=float(allotment.shares[i]),
                low=None if interval is None else interval.low,
                high=None if interval is None else interval.high,
                alone=float(allotment.alone[i]),
                left_out=float(allotment.left_out[i]),
            )
        )
    return MeasureRecord(
        before=float(allotment.before),
        after=float(allotment.after),
        shares=tuple(shares),
        interactions=tuple(tuple(float(v) for v in row) for row in allotment.interactions),
    )


def _with_stages(measure: MeasureRecord, stages: Mapping[str, Allotment]) -> MeasureRecord:
    shares = tuple(
        replace(
            share,
            stages={
                name: float(allotment.shares[i])
                for name, allotment in stages.items()
                if allotment.shares[i]
            },
        )
        for i, share in enumerate(measure.shares)
    )
    return replace(measure, shares=shares)
