"""Laws of what a token day leaves behind."""

import pytest
from click.testing import CliRunner

from harness.cli import main
from harness.rundata.token_day import TOKEN_DAY

LITTLE = (
    *("--variants", "stored", "--cron", "0 * * * *", "--rate", "4/h", "--duration", "3h"),
    *("--profile", "constant", "--jobs", "1", "--quiet"),
)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A small token day, simulated once for all tests that only read."""
    out = tmp_path_factory.mktemp("token-day") / "run"
    result = CliRunner().invoke(main, ["token-day", *LITTLE, "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("Run stored with")
    assert str(out / "report.html") in result.stdout
    return out


def test_a_folder_with_record_and_report_comes_out(run):
    """And nothing else."""
    assert sorted(path.name for path in run.iterdir()) == ["report.html", "token-day.json"]
    assert TOKEN_DAY.read(run).days


def test_report_is_made_again_from_the_record(run):
    """`report` finds out by itself what kind of folder it is; the page is the same."""
    page = (run / "report.html").read_bytes()
    (run / "report.html").unlink()
    result = CliRunner().invoke(main, ["report", str(run)])
    assert result.exit_code == 0, result.stderr
    assert (run / "report.html").read_bytes() == page
