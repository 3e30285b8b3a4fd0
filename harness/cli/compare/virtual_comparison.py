"""A comparison on the virtual clock: prepared like a real one, simulated on all cores, and written
into the same run folder."""

import signal
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Final

from harness.cli.compare.contestants import gather_contestants
from harness.cli.compare.preparation import choose_baseline
from harness.cli.compare.settings import CompareSettings
from harness.cli.compare.virtual_scenario import make_scenario
from harness.cli.latency_profile import find_profile
from harness.cli.machine import describe_machine, find_git_commit, find_versions
from harness.cli.needed_operations import refuse_gaps
from harness.cli.run_path import require_free_place
from harness.clock import utc_now
from harness.errors import HarnessError
from harness.lab import Interrupted, Phase
from harness.merchant import Variant
from harness.progress import Observer, Pace
from harness.rundata import (
    SCHEMA_VERSION,
    Conduct,
    Manifest,
    RunConfiguration,
    RunFolder,
    Simulated,
    VariantRecord,
)
from harness.simulation import SimulationOutcome, VirtualScenario, simulate_all

__all__ = ["VirtualExperiment", "carry_out", "prepare_virtual"]

_STOPPED: Final = "The run was stopped by hand before its end."

_SIMULATING_SHARE: Final = 0.9
"""Share of the bar that simulating takes; the rest is the report's."""


@dataclass(frozen=True, slots=True)
class VirtualExperiment:
    """Describe a simulated run before it is one.

    Attributes:
        folder: where the run is written.
        manifest: what the run is.
        scenario: what is simulated.
        variants: of the shop.
        jobs: processes; None: one per core.
    """

    folder: Path
    manifest: Manifest
    scenario: VirtualScenario
    variants: tuple[Variant, ...]
    jobs: int | None


def prepare_virtual(settings: CompareSettings) -> VirtualExperiment:
    """Return the experiment that the settings ask for.

    Raises:
        ConfigurationError: something in them cannot be used; nothing was started or written.
    """
    wish = settings.virtual
    assert wish is not None, "asked for by --clock virtual"
    contestants = gather_contestants(settings)
    profile = find_profile(settings.profile)
    refuse_gaps(profile, contestants.variants.values())
    baseline = choose_baseline(settings, contestants)
    scenario = make_scenario(wish, profile=profile, seed=settings.seed)
    measured, length_s = _measure(scenario)
    require_free_place(settings.out)
    configuration = RunConfiguration(
        profile=profile.name,
        profile_data=profile.to_dict(),
        time_scale=1.0,
        rate_per_s=measured / length_s,
        duration_s=length_s,
        warmup_s=scenario.warmup_s,
        seed=scenario.seed,
        token_lifetime_s=scenario.token_lifetime_s,
        land_think_s=scenario.land_think_s,
        approve_think_s=scenario.approve_think_s,
        baseline=baseline,
        scenario=scenario.to_dict(),
    )
    manifest = Manifest(
        schema_version=SCHEMA_VERSION,
        name=settings.out.name,
        created_utc=utc_now().isoformat(timespec="seconds"),
        command=settings.command,
        clock="virtual",
        configuration=configuration,
        variants=tuple(_located(record) for record in contestants.records),
        versions=find_versions(),
        git_commit=find_git_commit(Path(__file__).parent),
        machine=describe_machine(),
        notes=_notes(scenario),
    )
    variants = tuple(contestants.variants.values())
    return VirtualExperiment(settings.out, manifest, scenario, variants, wish.jobs)


def carry_out(experiment: VirtualExperiment, observer: Observer) -> RunFolder:
    """Simulate all variants and return the run's folder: manifest, samples, costs, ledger, conduct.

    Raises:
        InvalidRunError: a process died; what was recorded is kept.
        Interrupted: somebody stopped it; likewise.
    """
    folder = RunFolder.create(experiment.folder, experiment.manifest)
    trouble: str | None = _STOPPED
    outcomes: dict[str, SimulationOutcome] = {}
    try:
        with _Interruptible():
            outcomes = simulate_all(
                experiment.scenario,
                experiment.variants,
                jobs=experiment.jobs,
                folder=folder.path,
                on_progress=Pace(observer, Phase.SIMULATING, share=_SIMULATING_SHARE).see,
            )
        folder.write_costs({name: outcome.costs for name, outcome in outcomes.items()})
        folder.write_ledger({name: outcome.verdict for name, outcome in outcomes.items()})
        trouble = None
    except Interrupted as error:
        epilogue = f"; what was recorded is kept in {folder.path}"
        raise Interrupted(error.signal_number, epilogue=epilogue) from error
    except HarnessError as error:
        trouble = str(error).partition("\n")[0]
        raise
    finally:
        notes = [f"{o.variant}: {note}" for o in outcomes.values() for note in o.notes]
        folder.write_conduct(
            Conduct(
                interrupted=trouble is not None,
                notes=(*([trouble] if trouble else []), *notes),
                simulated={o.variant: Simulated(o.virtual_s, o.wall_s) for o in outcomes.values()},
            )
        )
    return folder


class _Interruptible:
    """Turn Ctrl-C and `kill` into `Interrupted` while nothing of ours is awaited."""

    def __enter__(self) -> None:
        self._before = {
            number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)
        }

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        del frame
        raise Interrupted(number)


def _measure(scenario: VirtualScenario) -> tuple[int, float]:
    """Return how many arrivals count, and the seconds in which they come."""
    arrivals = scenario.plan()
    return sum(not arrival.warmup for arrival in arrivals), scenario.length_s(arrivals)


def _located(record: VariantRecord) -> VariantRecord:
    return replace(record, target=f"virtual://{record.name}")


def _notes(scenario: VirtualScenario) -> tuple[str, ...]:
    notes = [
        "The clock was virtual: waiting is exact, and what costs processor time (Python, garbage"
        " collection, the kernel, a real database) costs nothing here. See docs/simulation.md."
    ]
    if scenario.service is not None:
        notes.append(
            f"The merchant's processor was modelled: {scenario.service.slots} workers, each busy"
            f" {scenario.service.service_s * 1e3:g} ms with a request."
        )
    return tuple(notes)
