"""Laws of `bkash-bench crosscheck` with everything real: three runs on sockets, one simulated."""

import json

import pytest

from harness.rundata import RunFolder
from harness.rundata.crosscheck import CROSSCHECK

pytestmark = pytest.mark.real_time

SMALL = (
    *("crosscheck", "--variants", "cached,overlapped", "--profile", "constant"),
    *("--rate", "20", "--duration", "2", "--token-lifetime", "20", "--seed", "3"),
)
"""Forty payments a variant after each run's warm-up: enough for a verdict."""

WITH_SHORT_WARMUP = (
    "from harness.cli import main; from harness.cli.compare import preparation;"
    " preparation.WARMUP_S = 2.0; main()"
)
"""Three real runs at eight seconds of warm-up each would be most of the test, and prove nothing."""

CLOCKS = {"real": "real", "fast": "real", "waking": "real", "virtual": "virtual"}


@pytest.mark.alone
def test_small_crosscheck_from_nothing_to_a_record(household):
    """One command leaves four run folders, a complete record and a page; no process is left."""
    done = household.run("-c", WITH_SHORT_WARMUP, *SMALL, "--out", "both", "--json", "--quiet")
    # Whether a machine that does other things as well keeps to its prediction is its own affair.
    assert done.returncode in {0, 10}, done.stderr
    assert household.members() == []
    folder = household.folder / "both"
    record = CROSSCHECK.read(folder)
    assert json.loads(done.stdout) == json.loads((folder / "crosscheck.json").read_text())
    check_record(record, status=done.returncode)
    assert "</html>" in (folder / "report.html").read_text()
    for leg, clock in CLOCKS.items():
        run = RunFolder(folder / leg)
        assert (run.manifest.clock, run.manifest.configuration.warmup_s) == (clock, 2.0)
        assert (run.path / "summary.json").is_file()
    assert list(household.temporary.iterdir()) == []


def check_record(record, *, status):
    """Both variants, all their stages and every payment stand in it, on both clocks."""
    assert record.variants == ("cached", "overlapped")
    assert (record.audit_ok, record.troubles) == (True, ())
    for times in record.times:
        assert len(times.real_s) == len(times.virtual_s) > 0
    for variant in record.variants:
        stages = {stage.stage: stage for stage in record.stages if stage.variant == variant}
        assert {"create_payment", "execute_payment", "insert_payment"} <= set(stages)
        assert stages["create_payment"].real_n == stages["create_payment"].virtual_n > 0
    assert {"within", "outside"} & {stage.verdict for stage in record.stages}
    outside = any(stage.verdict == "outside" for stage in record.stages)
    assert status == (10 if outside else 0)
