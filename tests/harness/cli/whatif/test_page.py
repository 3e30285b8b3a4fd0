"""Laws of what a what-if leaves behind."""

import pytest
from click.testing import CliRunner

from harness.cli import main
from harness.rundata.whatif import WHATIF

LITTLE = (
    *("--stage", "create_payment", "--points", "2", "--variants", "stored", "--payments", "20"),
    *("--profile", "constant", "--jobs", "1", "--quiet"),
)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A small what-if, simulated once for all tests that only read."""
    out = tmp_path_factory.mktemp("whatif") / "run"
    result = CliRunner().invoke(main, ["whatif", *LITTLE, "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    assert "create_payment" in result.stdout.splitlines()[0]
    assert str(out / "report.html") in result.stdout
    return out


def test_a_folder_with_record_and_report_comes_out(run):
    """And nothing else."""
    assert sorted(path.name for path in run.iterdir()) == ["report.html", "whatif.json"]
    assert WHATIF.read(run).sweeps


def test_report_is_made_again_from_the_record(run):
    """`report` finds out by itself what kind of folder it is; the page is the same."""
    page = (run / "report.html").read_bytes()
    (run / "report.html").unlink()
    result = CliRunner().invoke(main, ["report", str(run)])
    assert result.exit_code == 0, result.stderr
    assert (run / "report.html").read_bytes() == page
