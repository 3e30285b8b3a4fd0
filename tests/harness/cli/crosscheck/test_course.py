"""Laws of the course of a cross-check."""

import json

from harness.cli.crosscheck.course import crosscheck
from harness.cli.exit_status import ExitStatus
from harness.rundata.crosscheck import CROSSCHECK


def test_what_is_the_same_agrees(simulated, capsys):
    """A real clock that adds nothing is the virtual one; folder, record and page come out."""
    status = crosscheck(simulated, as_json=False, quiet=True, open_report=False)
    out = capsys.readouterr().out
    assert status is ExitStatus.OK, out
    record = CROSSCHECK.read(simulated.out)
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
