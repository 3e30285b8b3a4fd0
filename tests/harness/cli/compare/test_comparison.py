"""Laws of the course of a comparison."""

import signal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.cli.compare import comparison
from harness.cli.compare.command import compare_command
from harness.cli.compare.comparison import compare, make_settings
from harness.cli.exit_status import ExitStatus
from harness.errors import ConfigurationError
from harness.lab import Interrupted
from harness.merchant import BUILTIN
from harness.rundata import RunFolder


def options(*arguments: str) -> dict[str, Any]:
    """Return what the command takes from its command line."""
    parameters = compare_command.make_context("compare", list(arguments)).params
    others = {"as_json", "quiet", "open_report", "config"}
    return {name: value for name, value in parameters.items() if name not in others}


def test_defaults_are_the_whole_story():
    """Without options all seven variants run at about four payments a second."""
    settings = make_settings(options())
    assert settings.variants == tuple(BUILTIN)
    assert settings.rate_per_s == 4.0
    assert settings.duration_s / settings.token_lifetime_s >= 3
    assert settings.out.parent == Path("runs")


def test_own_variants_run_beside_the_built_in(tmp_path):
    """Who defines variants and names none gets theirs too."""
    (tmp_path / "mine.toml").write_text('[variants]\nmine = ["token_cache"]\n')
    settings = make_settings(options("--variants-file", str(tmp_path / "mine.toml")))
    assert settings.variants == (*BUILTIN, "mine")


def test_unusable_variants_file_is_named(tmp_path):
    """A file that does not exist is found out first."""
    with pytest.raises(ConfigurationError, match=r"none\.toml"):
        make_settings(options("--variants-file", str(tmp_path / "none.toml")))


@pytest.fixture
def conducted(make_run, monkeypatch, settings):
    """Comparisons that are not run but found finished."""

    def finish(path):
        monkeypatch.setattr(comparison, "conduct", lambda experiment, *, observer: None)
        monkeypatch.setattr(comparison, "run_interruptible", lambda _: RunFolder(path))
        return settings

    return finish


def test_finished_run_is_published_and_judged(conducted, make_run, capsys):
    """Report and summary are written, the figures told, and the status is the run's."""
    path = make_run("finished")
    status = compare(conducted(path), as_json=False, quiet=True, open_report=False)
    assert status is ExitStatus.OK
    assert (path / "report.html").is_file()
    out, err = capsys.readouterr()
    assert f"Report: {path / 'report.html'}" in out
    assert out.endswith(f"{comparison.EXACT}\n")
    assert "bkash-bench compare --clock virtual" in comparison.EXACT
    assert err == ""


def test_violated_audit_is_the_status(conducted, make_run, capsys):
    """Wrong money is told to whoever reads the exit status."""
    path = make_run("finished", audit_ok=False)
    status = compare(conducted(path), as_json=True, quiet=True, open_report=False)
    assert status is ExitStatus.AUDIT_VIOLATED
    assert capsys.readouterr().out.startswith("{")


@pytest.mark.parametrize("recorded", [True, False])
def test_stopped_run_says_what_is_kept(recorded, settings, monkeypatch):
    """Whoever presses Ctrl-C is told where the samples are, if there are any."""
    if recorded:
        settings.out.mkdir()
        (settings.out / "manifest.json").touch()

    def stop(_: object) -> None:
        raise Interrupted(signal.SIGINT)

    monkeypatch.setattr(
        comparison, "prepare", lambda _: SimpleNamespace(folder=settings.out, manifest=None)
    )
    monkeypatch.setattr(comparison, "conduct", lambda experiment, *, observer: None)
    monkeypatch.setattr(comparison, "run_interruptible", stop)
    with pytest.raises(Interrupted) as caught:
        compare(settings, as_json=False, quiet=True, open_report=False)
    kept = f"; what was recorded is kept in {settings.out}" if recorded else ""
    assert str(caught.value) == f"stopped by SIGINT{kept}"
