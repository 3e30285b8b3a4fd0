"""Laws of telling an attribution, and of making its report again."""

import webbrowser

import msgspec
import pytest
from click.testing import CliRunner

from harness.cli import main
from harness.cli.attribute.publication import announce, is_attribution, rebuild_attribution
from harness.cli.exit_status import ExitStatus
from harness.errors import ConfigurationError, RunDataError
from harness.rundata import read_attribution

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


def test_report_goes_where_it_is_wanted(run, tmp_path):
    """--out names another place."""
    out = tmp_path / "mine.html"
    status = rebuild_attribution([run], out=out, as_json=False, open_report=False)
    assert status is ExitStatus.OK
    assert out.read_text().startswith("<!DOCTYPE html>")


def test_record_is_not_written_over(run):
    """A report in the record's place would end it."""
    before = (run / "attribution.json").read_bytes()
    with pytest.raises(ConfigurationError, match="the record it is made from"):
        rebuild_attribution([run], out=run / "attribution.json", as_json=False, open_report=False)
    assert (run / "attribution.json").read_bytes() == before


def test_an_attribution_stands_alone(run, tmp_path):
    """It cannot be laid beside other runs."""
    with pytest.raises(ConfigurationError, match="name it alone"):
        rebuild_attribution([tmp_path, run], out=None, as_json=False, open_report=False)


def test_a_broken_record_is_told(tmp_path):
    """Truncated while it was copied, say."""
    (tmp_path / "attribution.json").write_text("{")
    assert is_attribution(tmp_path)
    with pytest.raises(RunDataError, match="truncated or malformed"):
        rebuild_attribution([tmp_path], out=None, as_json=False, open_report=False)


def test_other_folders_are_none(tmp_path):
    """A folder without the record is not an attribution's."""
    assert not is_attribution(tmp_path)


def test_record_is_printed_or_told(run, capsys, monkeypatch):
    """JSON for machines; or a verdict, a table, a line each, and where the report is."""
    record = read_attribution(run)
    announce(record, run / "report.html", as_json=True, open_report=False)
    assert msgspec.json.decode(capsys.readouterr().out)["name"] == record.name
    seen = []
    monkeypatch.setattr(webbrowser, "open", lambda url: seen.append(url) or True)
    announce(record, run / "report.html", as_json=False, open_report=True)
    told = capsys.readouterr().out
    assert "2 cells simulated in" in told
    assert "token_cache: More than claimed in normal traffic." in told
    assert seen == [(run / "report.html").as_uri()]
