"""Laws of what an attribution leaves behind."""

import pytest
from click.testing import CliRunner

from harness.cli import main
from harness.cli.attribute.page import ATTRIBUTION_PAGE
from harness.rundata import ATTRIBUTION

LITTLE = (
    *("--optimizations", "token_cache", "--traffic", "normal", "--profile", "constant"),
    *("--payments", "20", "--jobs", "1", "--quiet"),
)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A small attribution, simulated once for all tests that only read."""
    out = tmp_path_factory.mktemp("attribution") / "run"
    result = CliRunner().invoke(main, ["attribute", *LITTLE, "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    return out


def test_report_is_made_again_from_the_record(run):
    """`report` finds out by itself what kind of run it is; the page is the same byte for byte."""
    page = (run / "report.html").read_bytes()
    (run / "report.html").unlink()
    result = CliRunner().invoke(main, ["report", str(run)])
    assert result.exit_code == 0, result.stderr
    assert (run / "report.html").read_bytes() == page
    assert "token_cache" in result.stdout


def test_record_is_told(run, capsys):
    """A verdict, a table, a line each, and how long it took."""
    ATTRIBUTION_PAGE.tell(ATTRIBUTION.read(run))
    told = capsys.readouterr().out
    assert "2 cells simulated in" in told
    assert "token_cache: More than claimed in normal traffic." in told
