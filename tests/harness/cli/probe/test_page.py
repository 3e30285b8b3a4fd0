"""Laws of what a probe leaves behind."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from harness.cli import main
from harness.cli.exit_status import ExitStatus
from harness.cli.probe.page import PROBE_PAGE
from harness.rundata import PROBE, CheckState, Mistake, ProbeCheck, ProbeRecord

UNREACHABLE = ProbeRecord(
    schema_version=PROBE.version,
    created_utc="2026-11-23T10:00:00+00:00",
    command=("bkash-bench", "probe", "--target", "merchant"),
    target="merchant",
    url="http://127.0.0.1:3000",
    gateway_url="http://127.0.0.1:8700/v1.2.0-beta",
    profile="guide",
    profile_data={"operations": {}},
    seed=7,
    duration_s=1.0,
    probed=False,
    clock_accuracy_s=None,
    app_key=None,
    findings=(),
    checks=tuple(ProbeCheck(m.value, "A mistake", CheckState.NOT_CHECKED, "Why.") for m in Mistake),
    figures=None,
    agreements=(),
    payments=(),
)


def test_report_is_made_again_from_the_record(tmp_path):
    """`report` finds out by itself what kind of folder it is, and ends as the probe did."""
    page = PROBE_PAGE.publish(UNREACHABLE, tmp_path).read_bytes()
    (tmp_path / "report.html").unlink()
    result = CliRunner().invoke(main, ["report", str(tmp_path)])
    assert result.exit_code == ExitStatus.INVALID_RUN, result.stderr
    assert (tmp_path / "report.html").read_bytes() == page
    assert str(tmp_path / "report.html") in result.stdout


@pytest.mark.parametrize(
    ("probed", "status"), [(True, ExitStatus.OK), (False, ExitStatus.INVALID_RUN)]
)
def test_findings_are_data_and_a_shop_that_was_not_probed_is_none(probed, status):
    """What `--fail-on` named once is not known to the record."""
    assert PROBE_PAGE.judge(replace(UNREACHABLE, probed=probed)) is status
