"""The runs of a cross-check, one after the other under one bar: three real ones and a virtual."""

from dataclasses import dataclass, replace
from pathlib import Path

from harness.cli.compare.preparation import prepare
from harness.cli.compare.virtual_comparison import VirtualExperiment, carry_out
from harness.cli.crosscheck.settings import CrosscheckSettings, Leg, waking_profile
from harness.cli.latency_profile import find_profile
from harness.errors import ConfigurationError
from harness.lab import Experiment, Interrupted, conduct, run_interruptible
from harness.merchant import find_variant
from harness.progress import Observer, Step
from harness.rundata import Manifest, RunFolder
from harness.simulation import Arrivals, Link, NetworkModel, VirtualScenario
from mock_bkash.latency import profile_toml

__all__ = ["Legs", "run_legs"]

WAKING_FILE = "waking.toml"

_VIRTUAL_SHARE = 0.06
"""Share of the whole time that the virtual run and the report take."""


@dataclass(frozen=True, slots=True)
class Legs:
    """Hold the folders of the finished runs."""

    real: RunFolder
    fast: RunFolder
    waking: RunFolder
    virtual: RunFolder

    @property
    def predictions(self) -> tuple[RunFolder, RunFolder]:
        """Return the runs that say what a real clock adds."""
        return self.fast, self.waking

    @property
    def all(self) -> tuple[RunFolder, ...]:
        """Return all of them, in the order in which they were run."""
        return self.real, self.fast, self.waking, self.virtual


def run_legs(settings: CrosscheckSettings, observer: Observer) -> Legs:
    """Carry out all runs.

    Raises:
        ConfigurationError: something cannot be used; nothing was started or written.
        InvalidRunError: a run broke off; what was recorded is kept.
        Interrupted: somebody stopped it; likewise.
    """
    profile = find_profile(settings.profile)
    experiments = [prepare(settings.real), prepare(settings.fast)]
    waking_file = _write_waking(settings, profile_toml(waking_profile(profile)))
    experiments.append(prepare(settings.waking(waking_file)))
    share = (1 - _VIRTUAL_SHARE) / len(experiments)
    real, fast, waking = (
        _run_real(
            experiment, _Stretch(observer, begins=number * share, share=share, after=2 - number)
        )
        for number, experiment in enumerate(experiments)
    )
    stretch = _Stretch(observer, begins=1 - _VIRTUAL_SHARE, share=_VIRTUAL_SHARE, after=0)
    virtual = carry_out(_virtual(settings, experiments[0].manifest), stretch)
    return Legs(real, fast, waking, virtual)


class _Stretch:
    """Show one run of several as its part of the whole bar."""

    def __init__(self, observer: Observer, *, begins: float, share: float, after: int) -> None:
        self._observer = observer
        self._begins = begins
        self._share = share
        self._after = after

    def step(self, step: Step) -> None:
        left_s = step.left_s
        if left_s is not None:
            left_s += self._after * left_s / max(1.0 - step.done, 1e-9)
        self._observer.step(
            replace(
                step,
                done=self._begins + self._share * step.done,
                left_s=left_s,
            )
        )


def _run_real(experiment: Experiment, observer: Observer) -> RunFolder:
    try:
        return run_interruptible(conduct(experiment, observer=observer))
    except Interrupted as error:
        kept = f"; what was recorded is kept in {experiment.folder.parent}"
        raise Interrupted(error.signal_number, epilogue=kept) from error


def _write_waking(settings: CrosscheckSettings, text: str) -> Path:
    file = (settings.out / WAKING_FILE).absolute()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"cannot make run folder {settings.out}: {error.strerror}; name another with --out"
        ) from error
    return file


def _virtual(settings: CrosscheckSettings, real: Manifest) -> VirtualExperiment:
    """Return the scenario of the real run on the other clock: nothing but the clock differs."""
    asked = real.configuration
    profile = find_profile(settings.profile)
    scenario = VirtualScenario(
        profile=profile,
        seed=asked.seed,
        arrivals=Arrivals(rate_per_s=asked.rate_per_s),
        duration_s=asked.duration_s,
        warmup_s=asked.warmup_s,
        token_lifetime_s=asked.token_lifetime_s,
        land_think_s=asked.land_think_s,
        approve_think_s=asked.approve_think_s,
        # A real shopper of ours lives on this machine, whatever the profile says.
        network=NetworkModel(gateway=Link(round_trip_s=profile.network.gateway_round_trip_s)),
    )
    variants = tuple(find_variant(name, variants_file=None) for name in settings.variants)
    manifest = replace(
        real,
        name=Leg.VIRTUAL,
        clock="virtual",
        configuration=replace(asked, scenario=scenario.to_dict()),
        variants=tuple(
            replace(record, target=f"virtual://{record.name}") for record in real.variants
        ),
    )
    return VirtualExperiment(settings.out / Leg.VIRTUAL, manifest, scenario, variants, jobs=None)
