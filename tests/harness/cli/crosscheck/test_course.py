"""Laws of the course of a cross-check."""

import json
from dataclasses import replace

import pytest

from harness.cli.crosscheck.course import crosscheck, judge_crosscheck
from harness.cli.exit_status import ExitStatus
from harness.rundata.crosscheck import read_crosscheck


def test_what_is_the_same_agrees(simulated, capsys):
    """A real clock that adds nothing is the virtual one; folder, record and page come out."""
    status = crosscheck(simulated, as_json=False, quiet=True, open_report=False)
    out = capsys.readouterr().out
    assert status is ExitStatus.OK, out
    record = read_crosscheck(simulated.out)
    assert record.variants == ("cached", "overlapped")
    judged = [stage for stage in record.stages if stage.verdict != "too_few"]
    assert {stage.verdict for stage in judged} == {"within"}
    assert {stage.stage for stage in judged} >= {"payment", "create_payment", "execute_payment"}
    assert all(stage.real_p50_s == stage.virtual_p50_s for stage in judged)
    assert out.startswith("Both clocks agree")
    assert str(simulated.out / "report.html") in out
    for leg in ("real", "fast", "waking", "virtual"):
        assert (simulated.out / leg / "report.html").is_file()


def test_json_is_the_record_and_nothing_else(simulated, capsys):
    """For pipes."""
    crosscheck(simulated, as_json=True, quiet=True, open_report=False)
    document = json.loads(capsys.readouterr().out)
    assert document["variants"] == ["cached", "overlapped"]
    assert document["times"][0]["real_s"] == document["times"][0]["virtual_s"]


@pytest.fixture
def record(simulated):
    crosscheck(simulated, as_json=True, quiet=True, open_report=False)
    return read_crosscheck(simulated.out)


def test_each_kind_of_failure_has_its_status(record):
    """Wrong money outweighs a poor measurement, and that a disagreement."""
    beyond = (replace(record.stages[0], verdict="outside"), *record.stages[1:])
    disagrees = replace(record, stages=beyond)
    assert judge_crosscheck(record) is ExitStatus.OK
    assert judge_crosscheck(disagrees) is ExitStatus.LIMIT_EXCEEDED
    invalid = replace(disagrees, troubles=("real: it missed its arrival rate",))
    assert judge_crosscheck(invalid) is ExitStatus.INVALID_RUN
    assert judge_crosscheck(replace(invalid, audit_ok=False)) is ExitStatus.AUDIT_VIOLATED
