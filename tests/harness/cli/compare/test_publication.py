"""Laws of publishing a run."""

import json

import pytest

from harness.cli.compare.publication import judge, print_json, publish, tell
from harness.cli.exit_status import ExitStatus
from harness.rundata import RunFolder


def test_published_run_has_report_and_summary(make_run):
    """Both are written into the run's folder, and agree with what is returned."""
    folder = RunFolder(make_run())
    analysis = publish(folder)
    assert folder.report_path.is_file()
    assert folder.read_summary() == analysis.summary
    assert analysis.summary.variants["cached"].payment_time_s.n == 40


@pytest.mark.parametrize(
    ("flaws", "status"),
    [
        ({}, ExitStatus.OK),
        ({"interrupted": True}, ExitStatus.INVALID_RUN),
        ({"audit_ok": False}, ExitStatus.AUDIT_VIOLATED),
        ({"interrupted": True, "audit_ok": False}, ExitStatus.AUDIT_VIOLATED),
    ],
    ids=["well", "interrupted", "violated", "both"],
)
def test_status_is_that_of_the_worst_flaw(make_run, flaws, status):
    """Wrong money outweighs a poor measurement."""
    analysis = publish(RunFolder(make_run(**flaws)))
    assert judge([analysis]) is status


def test_worst_of_several_runs_counts(make_run):
    """One violated run among good ones is enough."""
    good, bad = (
        publish(RunFolder(make_run(name, audit_ok=ok))) for name, ok in (("a", True), ("b", False))
    )
    assert judge([good, bad]) is ExitStatus.AUDIT_VIOLATED


def test_invalid_run_says_so_first(make_run, capsys):
    """What must not be believed stands above the figures, in words."""
    folder = RunFolder(make_run(interrupted=True))
    tell(publish(folder), report=folder.report_path)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("INVALID: The run was stopped before")
    assert any(line.startswith("cached ") for line in lines)
    assert lines[-1] == f"Report: {folder.report_path}"


def test_json_is_the_summary_and_nothing_else(make_run, capsys):
    """Standard output can be read by a machine, and equals the file."""
    folder = RunFolder(make_run())
    print_json(publish(folder))
    assert json.loads(capsys.readouterr().out) == json.loads(folder.summary_path.read_text())
