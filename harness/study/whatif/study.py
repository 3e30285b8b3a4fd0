"""A what-if: everything as it is first, then every knob, value by value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from harness.merchant import Variant
from harness.rundata.whatif import (
    WHATIF,
    Figures,
    KnobKind,
    PointRecord,
    SweepRecord,
    WhatIfRecord,
    WhatIfVariantRecord,
)
from harness.simulation import Task, VirtualScenario
from harness.stats import CALLS_PER_HOUR_LIMIT
from harness.study.fieldwork import Fieldwork
from harness.study.whatif.knob import Knob
from harness.study.whatif.point import PointResult, PointTask, simulate_point
from harness.study.workload import Workload

__all__ = ["WhatIf"]


@dataclass(frozen=True, slots=True)
class _Point:
    """Name one simulation: which knob at which value, for whom."""

    knob: Knob
    value: float
    variant: Variant

    @property
    def key(self) -> tuple[str, float, str]:
        return self.knob.name, self.value, self.variant.name


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Ask what changes when one thing is changed; a `Study`.

    Attributes:
        variants: in the order to be shown.
        knobs: what is changed, in order.
        all_stages: whether every stage is.
        points: values of each knob.
        scenario: with nothing changed; it ends by payments.
    """

    variants: tuple[Variant, ...]
    knobs: tuple[Knob, ...]
    all_stages: bool
    points: int
    scenario: VirtualScenario

    @property
    def payments(self) -> int:
        """Return how many shoppers there are at each point."""
        assert self.scenario.payments is not None, "a what-if ends by payments"
        return self.scenario.payments

    @property
    def work(self) -> Workload:
        """Return all points; those at which nothing can change turn out to be needless later."""
        return self._work_of(len(self.variants) + len(list(self._points())))

    def carry_out(self, fieldwork: Fieldwork) -> WhatIfRecord:
        """Simulate every point.

        Raises:
            HarnessError: a point cannot be simulated, or its process died.
        """
        base = self._simulate_base(fieldwork)
        points = [
            point for point in self._points() if _notices(point.knob, base[point.variant.name])
        ]
        results = fieldwork.simulate([self._cell(point) for point in points])
        figures = {point.key: result.figures for point, result in zip(points, results, strict=True)}
        everything = (*base.values(), *results)
        scenario = self.scenario
        return WhatIfRecord(
            **fieldwork.stamp(WHATIF.version),
            seed=scenario.seed,
            payments=self.payments,
            rate_per_hour=scenario.arrivals.rate_per_s * 3600,
            token_lifetime_s=scenario.token_lifetime_s,
            limit_per_hour=CALLS_PER_HOUR_LIMIT,
            all_stages=self.all_stages,
            profile=scenario.profile.name,
            profile_data=scenario.profile.to_dict(),
            variants=tuple(
                WhatIfVariantRecord(v.name, tuple(v.flags), v.description) for v in self.variants
            ),
            base={name: result.figures for name, result in base.items()},
            sweeps=tuple(self._sweep(knob, base, figures) for knob in self.knobs),
            simulations=fieldwork.simulations,
            audit_ok=all(result.audit_ok for result in everything),
            notes=tuple(dict.fromkeys(note for result in everything for note in result.notes)),
        )

    def _simulate_base(self, fieldwork: Fieldwork) -> dict[str, PointResult]:
        """Simulate everything as it is, once for all knobs."""
        cells = [
            Task(
                variant.name,
                partial(simulate_point, PointTask(self.scenario, variant)),
                self._work_of(1).cpu_s,
            )
            for variant in self.variants
        ]
        results = fieldwork.simulate(cells, ahead=self._work_of(len(list(self._points()))).cpu_s)
        return {v.name: result for v, result in zip(self.variants, results, strict=True)}

    def _points(self) -> Iterator[_Point]:
        """Yield what differs from the base for those who can notice."""
        for knob in self.knobs:
            for value in knob.values(self.points):
                for variant in self.variants:
                    if value != knob.base and knob.concerns(variant):
                        yield _Point(knob, value, variant)

    def _cell(self, point: _Point) -> Task[PointResult]:
        scenario = point.knob.change(self.scenario, point.value)
        return Task(
            f"{point.variant.name} with {point.knob.name} {point.value:g}",
            partial(simulate_point, PointTask(scenario, point.variant)),
            self._work_of(1).cpu_s,
        )

    def _sweep(
        self,
        knob: Knob,
        base: Mapping[str, PointResult],
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
                        v.name: figures.get((knob.name, value, v.name), base[v.name].figures)
                        for v in self.variants
                    },
                )
                for value in knob.values(self.points)
            ),
        )

    def _work_of(self, simulations: int) -> Workload:
        return Workload(simulations, simulations * self.payments)


def _notices(knob: Knob, base: PointResult) -> bool:
    """Tell whether a stage occurs to a variant at all; if not, its base stands for all."""
    return knob.kind is not KnobKind.STAGE or knob.name in base.operations
