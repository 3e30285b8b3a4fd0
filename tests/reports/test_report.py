"""From run folders to a written page or a summary."""

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.errors import ConfigurationError, RunDataError
from reports import Analysis, build_report, build_summary, write_report

Make = Callable[..., Analysis]


def test_a_report_is_written_and_its_path_returned(seven: Analysis, tmp_path: Path) -> None:
    """One page, nothing half-written beside it."""
    out = tmp_path / "report.html"
    assert build_report([seven.folder], out) == out
    assert out.read_text().startswith("<!DOCTYPE html>")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_several_folders_make_one_page(make_run: Make, tmp_path: Path) -> None:
    """Side by side."""
    runs = [make_run(variants=("sequential",)).folder for _ in range(2)]
    out = build_report(runs, tmp_path / "comparison.html")
    assert "2 runs side by side" in out.read_text()


def test_a_summary_can_be_written_into_its_folder_and_read_back(make_run: Make) -> None:
    """What the run folder holds is what was worked out."""
    folder = make_run(variants=("sequential", "optimized")).folder
    summary = build_summary(folder)
    folder.write_summary(summary)
    assert folder.read_summary() == summary
    assert summary.report == "report.html"


def test_no_run_is_no_report(tmp_path: Path) -> None:
    """A mistake of the caller's, in words."""
    with pytest.raises(ConfigurationError, match="at least one run folder"):
        write_report([], tmp_path / "report.html")


def test_a_report_that_cannot_be_written_is_one_line(seven: Analysis, tmp_path: Path) -> None:
    """Names the file and the reason."""
    with pytest.raises(ConfigurationError, match=r"cannot write report .*No such file"):
        write_report([seven], tmp_path / "nowhere" / "report.html")


def test_a_broken_folder_leaves_nothing_behind(make_run: Make, tmp_path: Path) -> None:
    """Neither a page nor half of one."""
    folder = make_run(variants=("sequential",), arrivals=2).folder
    (path,) = folder.sample_paths()
    path.write_text("not,a,sample\n")
    with pytest.raises(RunDataError):
        build_report([folder], tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()
