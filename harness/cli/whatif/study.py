"""A what-if from its settings to its record: as it is first, then every knob, value by value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from harness.cli.machine import describe_machine, find_git_commit, find_versions
from harness.cli.whatif.cell import PointResult, PointTask, simulate_point
from harness.cli.whatif.knob import Knob
from harness.cli.whatif.settings import WhatIfSettings
from harness.clock import NS_PER_S, monotonic_ns, utc_now
from harness.merchant import Variant
from harness.rundata.whatif import (
    WHATIF_SCHEMA,
    Figures,
    KnobKind,
    PointRecord,
    SweepRecord,
    WhatIfRecord,
    WhatIfVariantRecord,
)
from harness.simulation import Crew, Task, available_cores
from harness.stats import CALLS_PER_HOUR_LIMIT

__all__ = ["run_whatif"]

_Base = Mapping[str, PointResult]


@dataclass(frozen=True, slots=True)
class _Point:
    """Name one simulation: which knob at which value, for whom."""

    knob: Knob
    value: float
    variant: Variant


def run_whatif(settings: WhatIfSettings, on_progress: Callable[[float], None]) -> WhatIfRecord:
    """Simulate every point.

    Args:
        settings: what was asked for.
        on_progress: told the share done, in [0, 1].

    Raises:
        HarnessError: a point cannot be simulated, or its process died.
    """
    began_ns, created = monotonic_ns(), utc_now()
    base = _simulate_base(settings)
    points = [
        _Point(knob, value, variant)
        for knob in settings.knobs
        for value in knob.values(settings.points)
        for variant in settings.variants
        if value != knob.base and _notices(knob, variant, base[variant.name])
    ]
    results = _simulate_points(points, settings, on_progress)
    figures = {
        (point.knob.name, point.value, point.variant.name): result.figures
        for point, result in zip(points, results, strict=True)
    }
    scenario = settings.scenario
    assert scenario.payments is not None, "a what-if ends by payments"
    return WhatIfRecord(
        schema_version=WHATIF_SCHEMA,
        name=settings.out.name,
        created_utc=created.isoformat(timespec="seconds"),
        command=settings.command,
        seed=scenario.seed,
        payments=scenario.payments,
        rate_per_hour=scenario.arrivals.rate_per_s * 3600,
        token_lifetime_s=scenario.token_lifetime_s,
        limit_per_hour=CALLS_PER_HOUR_LIMIT,
        all_stages=settings.all_stages,
        profile=scenario.profile.name,
        profile_data=scenario.profile.to_dict(),
        variants=tuple(
            WhatIfVariantRecord(v.name, tuple(v.flags), v.description) for v in settings.variants
        ),
        base={name: result.figures for name, result in base.items()},
        sweeps=tuple(_sweep(knob, settings, base, figures) for knob in settings.knobs),
        simulations=len(base) + len(points),
        audit_ok=all(result.audit_ok for result in (*base.values(), *results)),
        wall_s=(monotonic_ns() - began_ns) / NS_PER_S,
        jobs=settings.jobs or available_cores(),
        versions=find_versions(),
        git_commit=find_git_commit(Path(__file__).parent),
        machine=describe_machine(),
    )


def _simulate_base(settings: WhatIfSettings) -> dict[str, PointResult]:
    tasks = [
        Task(variant.name, partial(simulate_point, PointTask(settings.scenario, variant)))
        for variant in settings.variants
    ]
    results = Crew[PointResult](settings.jobs).run(tasks)
    return {v.name: result for v, result in zip(settings.variants, results, strict=True)}


def _notices(knob: Knob, variant: Variant, base: PointResult) -> bool:
    """Tell whether a knob can change anything for a variant; if not, its base stands for all."""
    if not knob.concerns(variant):
        return False
    return knob.kind is not KnobKind.STAGE or knob.name in base.operations


def _simulate_points(
    points: Sequence[_Point], settings: WhatIfSettings, on_progress: Callable[[float], None]
) -> list[PointResult]:
    tasks = []
    for point in points:
        scenario = point.knob.change(settings.scenario, point.value)
        task = PointTask(scenario, point.variant)
        name = f"{point.variant.name} with {point.knob.name} {point.value:g}"
        weight = 20.0 - len(point.variant.optimizations)
        tasks.append(Task(name, partial(simulate_point, task), weight))
    return Crew[PointResult](settings.jobs).run(tasks, on_progress=on_progress)


def _sweep(
    knob: Knob,
    settings: WhatIfSettings,
    base: _Base,
    figures: Mapping[tuple[str, float, str], Figures],
) -> SweepRecord:
    return SweepRecord(
        name=knob.name,
        kind=knob.kind,
        unit=knob.unit,
        base=knob.base,
        points=tuple(
            PointRecord(
                value,
                {
                    variant.name: figures.get(
                        (knob.name, value, variant.name), base[variant.name].figures
                    )
                    for variant in settings.variants
                },
            )
            for value in knob.values(settings.points)
        ),
    )
