"""Laws of a comparison on the virtual clock: the run folder of a real one, and its report."""

import hashlib
import os
import signal
from dataclasses import replace

import pytest

from harness.cli.compare import virtual_comparison
from harness.cli.compare.comparison import compare
from harness.cli.compare.settings import CompareSettings
from harness.cli.compare.virtual_comparison import carry_out, prepare_virtual
from harness.cli.compare.virtual_options import VirtualWish
from harness.cli.exit_status import ExitStatus
from harness.errors import ConfigurationError, InvalidRunError
from harness.lab import Interrupted, Phase
from harness.progress import Step
from harness.rundata import RunFolder


@pytest.fixture
def virtual(settings: CompareSettings) -> CompareSettings:
    """A short run of two variants, in this process."""
    return replace(settings, virtual=VirtualWish(payments=40, rate_per_s=1 / 3, jobs=1))


class Watch:
    def __init__(self) -> None:
        self.steps: list[Step] = []

    def step(self, step: Step) -> None:
        self.steps.append(step)


def test_the_manifest_says_what_the_numbers_depend_on(virtual: CompareSettings):
    """Clock, scenario, profile and seed; nothing was written yet."""
    experiment = prepare_virtual(virtual)
    manifest, configuration = experiment.manifest, experiment.manifest.configuration
    assert not virtual.out.exists()
    assert manifest.clock == "virtual"
    assert configuration.time_scale == 1.0
    assert configuration.baseline == "sequential"
    assert configuration.token_lifetime_s == 3_600.0
    assert configuration.scenario is not None
    assert configuration.scenario["payments"] == 40
    assert round(configuration.rate_per_s * configuration.duration_s) == 40
    assert [record.name for record in manifest.variants] == ["sequential", "cached"]
    assert "The clock was virtual" in manifest.notes[0]


def test_payments_that_take_no_time_have_a_report(virtual: CompareSettings, capsys):
    """Profile fast waits for nothing, so shares and changes of nothing have to be left out."""
    status = compare(replace(virtual, profile="fast"), as_json=False, quiet=True, open_report=False)
    assert status is ExitStatus.OK
    out = capsys.readouterr().out
    assert "no Server-Timing stages" not in out
    assert "a share of no time" in (virtual.out / "report.html").read_text("utf-8")


def test_a_modelled_processor_is_named_in_the_notes(virtual: CompareSettings):
    """Nobody should take it for a measurement."""
    assert virtual.virtual is not None
    wish = replace(virtual.virtual, workers=2, service_time=5.0)
    notes = prepare_virtual(replace(virtual, virtual=wish)).manifest.notes
    assert "2 workers, each busy 5 ms with a request" in notes[-1]


def test_a_run_on_the_virtual_clock_is_a_whole_run(virtual: CompareSettings, capsys):
    """Samples, costs, audit, summary and report, and a digest that anybody can check."""
    status = compare(virtual, as_json=False, quiet=True, open_report=False)
    assert status is ExitStatus.OK
    folder = RunFolder(virtual.out)
    summary = folder.read_summary()
    assert folder.report_path.stat().st_size > 10_000
    assert set(folder.read_costs()) == {"sequential", "cached"}
    assert all(verdict["ok"] for verdict in folder.read_ledger().values())
    for name, figures in summary.variants.items():
        content = (folder.path / f"samples-{name}.csv").read_bytes()
        assert figures.digest == hashlib.sha256(content).hexdigest()
        assert figures.payment_time_s.n == 40
        assert figures.errors == 0
    assert summary.variants["sequential"].payment_time_s.p50 == pytest.approx(7.55)
    assert not any("warming up" in warning for warning in summary.warnings)
    assert " of sequential in " in capsys.readouterr().out.splitlines()[-1]


def test_progress_is_shown_and_ends_before_the_report(virtual: CompareSettings):
    """The bar keeps a tenth for what comes after the simulation."""
    watch = Watch()
    carry_out(prepare_virtual(virtual), watch)
    assert {step.doing for step in watch.steps} == {Phase.SIMULATING}
    assert [step.done for step in watch.steps] == sorted(step.done for step in watch.steps)
    assert watch.steps[-1].done <= 0.91


def test_a_stopped_run_says_so_and_keeps_what_was_recorded(
    virtual: CompareSettings, monkeypatch: pytest.MonkeyPatch
):
    """Ctrl-C is an orderly end, and the report will call the run invalid."""

    def interrupt(*arguments: object, **others: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        raise AssertionError("the signal was not heard")

    monkeypatch.setattr(virtual_comparison, "simulate_all", interrupt)
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(Interrupted, match="what was recorded is kept in"):
        carry_out(prepare_virtual(virtual), Watch())
    assert signal.getsignal(signal.SIGINT) is before
    conduct = RunFolder(virtual.out).read_conduct()
    assert conduct is not None
    assert conduct.interrupted


def test_a_run_that_broke_off_is_marked(virtual: CompareSettings, monkeypatch: pytest.MonkeyPatch):
    """A deadlock, or a process that died: the first line stands in the conduct."""

    def fail(*arguments: object, **others: object) -> None:
        raise InvalidRunError("deadlock at 5 s\n  shopper waits")

    monkeypatch.setattr(virtual_comparison, "simulate_all", fail)
    with pytest.raises(InvalidRunError):
        carry_out(prepare_virtual(virtual), Watch())
    conduct = RunFolder(virtual.out).read_conduct()
    assert conduct is not None
    assert conduct.interrupted
    assert conduct.notes == ("deadlock at 5 s",)


def test_what_cannot_be_simulated_is_found_before_anything_is_written(virtual: CompareSettings):
    """Too many shoppers, an unknown profile, a place that is taken."""
    crowded = replace(virtual, virtual=VirtualWish(rate_per_s=4.0, duration_s=86_400.0))
    for wrong in (crowded, replace(virtual, profile="none"), replace(virtual, baseline="x")):
        with pytest.raises(ConfigurationError):
            prepare_virtual(wrong)
    assert not virtual.out.exists()
