"""A campaign: all variants of a comparison under one scenario, in as many processes as there are
cores, each variant's samples streamed to a file of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from harness.merchant import Variant
from harness.simulation.crew import Crew, Task
from harness.simulation.engine import simulate
from harness.simulation.outcome import SimulationOutcome
from harness.simulation.scenario import VirtualScenario
from harness.simulation.sink import DigestSink
from harness.simulation.tally import PaymentTally

__all__ = ["Job", "simulate_all", "simulate_jobs"]


@dataclass(frozen=True, slots=True)
class Job:
    """Ask for one simulation.

    Attributes:
        scenario: under which.
        variant: of what.
        sample_path: where its samples go; None: they are digested and dropped.
        keep_tally: return times and stages of each payment in memory.
    """

    scenario: VirtualScenario
    variant: Variant
    sample_path: Path | None = None
    keep_tally: bool = False


def simulate_all(
    scenario: VirtualScenario,
    variants: Sequence[Variant],
    *,
    jobs: int | None = None,
    folder: Path | None = None,
    keep_tally: bool = False,
    on_progress: Callable[[float], None] | None = None,
) -> dict[str, SimulationOutcome]:
    """Simulate variants side by side and return the outcomes by name, in their order.

    Args:
        scenario: the same for all.
        variants: names unique.
        jobs: processes; None: one per core.
        folder: where `samples-<variant>.csv` are written; None: nowhere.
        keep_tally: also return `SimulationOutcome.tally`.
        on_progress: told the share done, in [0, 1].

    Raises:
        ConfigurationError: the scenario has no arrivals, or too many.
        InvalidRunError: a process died.
        RunDataError: samples cannot be written.
    """
    asked = [
        Job(scenario, variant, _sample_path(folder, variant), keep_tally) for variant in variants
    ]
    outcomes = simulate_jobs(asked, jobs=jobs, on_progress=on_progress)
    return {outcome.variant: outcome for outcome in outcomes}


def simulate_jobs(
    asked: Sequence[Job],
    *,
    jobs: int | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> list[SimulationOutcome]:
    """Carry out any jobs, scenarios and all, and return their outcomes in order.

    Raises:
        As `simulate_all`.
    """
    tasks = [
        Task(name=job.variant.name, work=partial(_simulate, job), weight=_weight(job))
        for job in asked
    ]
    return Crew[SimulationOutcome](jobs).run(tasks, on_progress=on_progress)


def _simulate(job: Job, report: Callable[[float], None]) -> SimulationOutcome:
    tally = PaymentTally() if job.keep_tally else None
    sink = DigestSink(job.sample_path, reader=tally)
    outcome = simulate(
        job.scenario,
        job.variant,
        sink,
        on_progress=lambda arrived, total: report(arrived / total),
    )
    return outcome if tally is None else outcome.with_tally(tally.freeze())


def _weight(job: Job) -> float:
    # Flags save calls: the fewer there are, the longer a payment takes to simulate.
    return 20.0 - len(job.variant.optimizations)


def _sample_path(folder: Path | None, variant: Variant) -> Path | None:
    return None if folder is None else folder / f"samples-{variant.name}.csv"
