"""An attribution from its settings to its record: plan the cells, simulate them, share out."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from harness.cli.attribute.cell import CellResult, CellTask, simulate_cell
from harness.cli.attribute.measures import measure_traffic
from harness.cli.attribute.settings import AttributeSettings
from harness.cli.attribute.traffic import make_scenario
from harness.cli.machine import describe_machine, find_git_commit, find_versions
from harness.clock import NS_PER_S, monotonic_ns, utc_now
from harness.merchant import Variant
from harness.rundata import ATTRIBUTION_SCHEMA, AttributionRecord
from harness.simulation import Crew, Task, VirtualScenario, available_cores

__all__ = ["Study", "prepare_study"]

_CELL = "cell"
"""Name of the variant in every cell: samples, and so digests, are equal where behaviour is."""


class Study:
    """Hold an attribution that can be carried out.

    Attributes:
        settings: what was asked for.
        cells: how many there are, of all kinds of traffic together.
    """

    def __init__(self, settings: AttributeSettings, scenarios: list[VirtualScenario]) -> None:
        self.settings = settings
        self._scenarios = scenarios
        self._sets = 1 << len(settings.optimizations)
        self.cells = self._sets * len(scenarios)

    def carry_out(self, on_progress: Callable[[float], None]) -> AttributionRecord:
        """Simulate all cells and share out what they measured.

        Args:
            on_progress: told the share done, in [0, 1].

        Raises:
            HarnessError: a cell cannot be simulated, or its process died.
        """
        settings = self.settings
        began_ns, created = monotonic_ns(), utc_now()
        results = Crew[CellResult](settings.jobs).run(self._tasks(), on_progress=on_progress)
        wall_s = (monotonic_ns() - began_ns) / NS_PER_S
        traffic = tuple(
            measure_traffic(
                kind,
                scenario,
                settings.optimizations,
                results[number * self._sets : (number + 1) * self._sets],
            )
            for number, (kind, scenario) in enumerate(
                zip(settings.traffic, self._scenarios, strict=True)
            )
        )
        return AttributionRecord(
            schema_version=ATTRIBUTION_SCHEMA,
            name=settings.out.name,
            created_utc=created.isoformat(timespec="seconds"),
            command=settings.command,
            seed=settings.seed,
            payments=settings.payments,
            optimizations=tuple(flag.value for flag in settings.optimizations),
            base=tuple(flag.value for flag in settings.base),
            traffic=traffic,
            wall_s=wall_s,
            jobs=settings.jobs or available_cores(),
            versions=find_versions(),
            git_commit=find_git_commit(Path(__file__).parent),
            machine=describe_machine(),
        )

    def _tasks(self) -> list[Task[CellResult]]:
        return [
            self._task(kind.name, scenario, number)
            for kind, scenario in zip(self.settings.traffic, self._scenarios, strict=True)
            for number in range(self._sets)
        ]

    def _task(self, kind: str, scenario: VirtualScenario, number: int) -> Task[CellResult]:
        settings = self.settings
        flags = [flag for i, flag in enumerate(settings.optimizations) if number >> i & 1]
        variant = Variant(name=_CELL, optimizations=frozenset((*settings.base, *flags)))
        cell = CellTask(scenario, variant)
        named = "+".join(flag.value for flag in flags) or "none"
        # Flags save calls: the fewer there are, the longer a payment takes to simulate.
        weight = 20.0 - len(variant.optimizations)
        return Task(f"{kind} traffic with {named}", partial(simulate_cell, cell), weight)


def prepare_study(settings: AttributeSettings) -> Study:
    """Return the study that the settings ask for.

    Raises:
        ConfigurationError: a profile or the number of payments cannot be used.
    """
    scenarios = [
        make_scenario(
            kind, profile=settings.profile, payments=settings.payments, seed=settings.seed
        )
        for kind in settings.traffic
    ]
    return Study(settings, scenarios)
