"""Laws of what a cross-check leaves behind."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from harness.cli import main
from harness.cli.crosscheck.page import CROSSCHECK_PAGE
from harness.cli.exit_status import ExitStatus
from harness.rundata.crosscheck import CrosscheckRecord, StageRecord, TimesRecord

RECORD = CrosscheckRecord(
    schema_version=1,
    name="both",
    created_utc="2026-11-23T10:00:00+00:00",
    command=("bkash-bench", "crosscheck"),
    seed=1,
    rate_per_s=4.0,
    duration_s=20.0,
    warmup_s=8.0,
    token_lifetime_s=20.0,
    profile="guide",
    waking_s=0.02,
    variants=("cached",),
    times=(TimesRecord("cached", (3.1, 3.2), (3.0, 3.1)),),
    stages=(StageRecord("cached", "payment", "within", 80, 80, 3.2, 4.2, 3.1, 4.1, 0.14),),
    audit_ok=True,
    wall_s=100.0,
    versions={"python": "3.11"},
    git_commit=None,
    machine={"cores": 2},
)


def test_each_kind_of_failure_has_its_status():
    """Wrong money outweighs a poor measurement, and that a disagreement."""
    beyond = replace(RECORD, stages=(replace(RECORD.stages[0], verdict="outside"),))
    invalid = replace(beyond, troubles=("real: it missed its arrival rate",))
    wrong = replace(invalid, audit_ok=False)
    found = [CROSSCHECK_PAGE.judge(record) for record in (RECORD, beyond, invalid, wrong)]
    assert found == [
        ExitStatus.OK,
        ExitStatus.LIMIT_EXCEEDED,
        ExitStatus.INVALID_RUN,
        ExitStatus.AUDIT_VIOLATED,
    ]


@pytest.mark.parametrize("troubles", [(), ("real: busy",)], ids=["fine", "invalid"])
def test_the_terminal_says_what_the_page_says(capsys, troubles):
    """What makes it invalid first, then the verdict, then the table."""
    CROSSCHECK_PAGE.tell(replace(RECORD, troubles=troubles))
    lines = capsys.readouterr().out.splitlines()
    assert lines[: len(troubles)] == [f"INVALID: {trouble}" for trouble in troubles]
    assert lines[len(troubles)].startswith("Both clocks agree")
    assert any(line.startswith("cached") for line in lines)


def test_report_is_made_again_from_the_record(tmp_path):
    """`report` finds out by itself what kind of folder it is; the page is the same."""
    page = CROSSCHECK_PAGE.publish(RECORD, tmp_path / "both")
    before = page.read_bytes()
    page.unlink()
    result = CliRunner().invoke(main, ["report", str(tmp_path / "both")])
    assert result.exit_code == 0, result.stderr
    assert page.read_bytes() == before
