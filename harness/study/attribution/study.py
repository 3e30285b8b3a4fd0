"""An attribution: plan the cells, simulate them, share out what they measured."""

from dataclasses import dataclass
from functools import partial

from harness.merchant import Optimization, Variant
from harness.rundata import ATTRIBUTION, AttributionRecord
from harness.simulation import Task, VirtualScenario
from harness.study.attribution.cell import CellResult, CellTask, simulate_cell
from harness.study.attribution.measures import measure_traffic
from harness.study.attribution.traffic import TrafficKind
from harness.study.fieldwork import Fieldwork
from harness.study.workload import Workload

__all__ = ["Attribution"]

_CELL = "cell"
"""Name of the variant in every cell: samples, and so digests, are equal where behaviour is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Ask which optimization saves how much; a `Study`.

    Attributes:
        optimizations: to be shared out, in the order to be shown.
        base: on in every cell.
        traffic: kinds in the order to be shown, each with the scenario that it becomes.
        payments: shoppers per cell.
        seed: of every draw.
    """

    optimizations: tuple[Optimization, ...]
    base: tuple[Optimization, ...]
    traffic: tuple[tuple[TrafficKind, VirtualScenario], ...]
    payments: int
    seed: int

    @property
    def work(self) -> Workload:
        """Return the cells of all kinds of traffic together."""
        cells = self._sets * len(self.traffic)
        return Workload(cells, cells * self.payments)

    def carry_out(self, fieldwork: Fieldwork) -> AttributionRecord:
        """Simulate all cells and share out what they measured.

        Raises:
            HarnessError: a cell cannot be simulated, or its process died.
        """
        cells = [
            self._cell(kind.name, scenario, number)
            for kind, scenario in self.traffic
            for number in range(self._sets)
        ]
        results = fieldwork.simulate(cells)
        stamp = fieldwork.stamp(ATTRIBUTION.version)
        traffic = tuple(
            measure_traffic(
                kind,
                scenario,
                self.optimizations,
                results[number * self._sets : (number + 1) * self._sets],
            )
            for number, (kind, scenario) in enumerate(self.traffic)
        )
        return AttributionRecord(
            **stamp,
            seed=self.seed,
            payments=self.payments,
            optimizations=tuple(flag.value for flag in self.optimizations),
            base=tuple(flag.value for flag in self.base),
            traffic=traffic,
        )

    @property
    def _sets(self) -> int:
        return 1 << len(self.optimizations)

    def _cell(self, kind: str, scenario: VirtualScenario, number: int) -> Task[CellResult]:
        flags = [flag for i, flag in enumerate(self.optimizations) if number >> i & 1]
        variant = Variant(name=_CELL, optimizations=frozenset((*self.base, *flags)))
        named = "+".join(flag.value for flag in flags) or "none"
        # Flags save calls: the fewer there are, the longer a payment takes to simulate.
        calls = 1 + 0.1 * (len(self.optimizations) - len(flags))
        return Task(
            f"{kind} traffic with {named}",
            partial(simulate_cell, CellTask(scenario, variant)),
            calls * Workload(1, self.payments).cpu_s,
        )
