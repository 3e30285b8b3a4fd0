"""Laws of rebuilding reports."""

import importlib
import pkgutil

import pytest

import harness.rundata
from harness.cli.exit_status import ExitStatus
from harness.cli.rebuilding import PAGES, rebuild
from harness.errors import ConfigurationError, RunDataError
from harness.rundata import RecordFile


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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file.name)
def test_every_other_kind_of_folder_stands_alone(page, make_run, tmp_path):
    """An attribution is no run: it cannot be laid beside one, and the message says what it is."""
    folder = tmp_path / "other"
    folder.mkdir()
    page.file.path(folder).write_text("{}")
    with pytest.raises(ConfigurationError, match=f"{page.words} and has a report of its own"):
        rebuild([make_run(), folder], out=None, as_json=False, open_report=False)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file.name)
def test_every_kind_of_folder_is_found_out_by_its_files(page, tmp_path):
    """A record that cannot be read is told as what it is, and not as a run without a manifest."""
    page.file.path(tmp_path).write_text("{}")
    with pytest.raises(RunDataError, match=f"{page.file.name} has schema version None"):
        rebuild([tmp_path], out=None, as_json=False, open_report=False)


def test_every_record_of_a_command_has_a_page():
    """Whoever adds a kind of record must not forget it here."""
    kinds = {
        value.name
        for module in pkgutil.iter_modules(harness.rundata.__path__, "harness.rundata.")
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, RecordFile)
    }
    assert {page.file.name for page in PAGES} == kinds
    assert len(kinds) >= 5
