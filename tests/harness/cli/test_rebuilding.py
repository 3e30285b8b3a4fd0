"""Laws of rebuilding reports."""

import pytest

from harness.cli.exit_status import ExitStatus
from harness.cli.rebuilding import rebuild
from harness.errors import ConfigurationError, RunDataError


def test_report_of_one_run_is_renewed_in_place(make_run, capsys):
    """Report and summary stand in the run's folder again, from its samples."""
    path = make_run()
    assert rebuild([path], out=None, as_json=False, open_report=False) is ExitStatus.OK
    assert {"report.html", "summary.json"} <= {file.name for file in path.iterdir()}
    assert f"Report: {path / 'report.html'}" in capsys.readouterr().out


def test_named_report_leaves_the_run_untouched(make_run, tmp_path):
    """With --out nothing is written into the run's folder."""
    path = make_run()
    before = sorted(path.iterdir())
    rebuild([path], out=tmp_path / "mine.html", as_json=False, open_report=False)
    assert (tmp_path / "mine.html").is_file()
    assert sorted(path.iterdir()) == before


def test_several_runs_stand_side_by_side(make_run, tmp_path, monkeypatch, capsys):
    """Their report belongs to none of them and is written where one stands."""
    monkeypatch.chdir(tmp_path)
    runs = [make_run("before"), make_run("after")]
    assert rebuild(runs, out=None, as_json=False, open_report=False) is ExitStatus.OK
    text = (tmp_path / "comparison.html").read_text("utf-8")
    assert "before" in text
    assert "after" in text
    out = capsys.readouterr().out
    assert out.count("cached") >= 2
    assert "Report: comparison.html" in out


def test_missing_run_is_named(tmp_path):
    """Every folder is opened before anything is written."""
    with pytest.raises(RunDataError, match="does not exist"):
        rebuild([tmp_path / "none"], out=None, as_json=False, open_report=False)


@pytest.mark.parametrize("name", ["manifest.json", "samples-locust.csv", "new.json"])
def test_report_is_not_written_over_what_was_recorded(make_run, name):
    """A slip of the hand in --out does not cost a run; nothing in its folder changes."""
    path = make_run()
    before = {file.name: file.read_bytes() for file in path.iterdir()}
    with pytest.raises(ConfigurationError, match="keeps its data; name another file with --out"):
        rebuild([path], out=path / name, as_json=False, open_report=False)
    assert {file.name: file.read_bytes() for file in path.iterdir()} == before
