"""Laws of a record and its page."""

import json
import webbrowser
from dataclasses import dataclass

import click
import pytest

from harness.cli.exit_status import ExitStatus
from harness.cli.record_page import RecordPage
from harness.errors import ConfigurationError, RunDataError
from harness.rundata import RecordFile


@dataclass(frozen=True, slots=True)
class Guess:
    schema_version: int
    right: bool


def write(record, out):
    out.write_text(f"<p>{record.right}</p>")
    return out


PAGE = RecordPage(
    "a guess",
    RecordFile("guess.json", Guess, version=1),
    write,
    lambda record: click.echo(f"It is {record.right}."),
    lambda record: ExitStatus.OK if record.right else ExitStatus.AUDIT_VIOLATED,
)
RIGHT = Guess(1, right=True)


def test_a_folder_has_the_record_and_the_page_made_of_it(tmp_path):
    """And nothing else."""
    report = PAGE.publish(RIGHT, tmp_path / "run")
    assert report == tmp_path / "run" / "report.html"
    assert sorted(file.name for file in report.parent.iterdir()) == ["guess.json", "report.html"]


def test_a_page_is_made_again_from_the_record_alone(tmp_path, capsys):
    """The same byte for byte, told as it was, with the same status."""
    report = PAGE.publish(Guess(1, right=False), tmp_path)
    page = report.read_bytes()
    report.unlink()
    status = PAGE.rebuild(tmp_path, out=None, as_json=False, open_report=False)
    assert status is ExitStatus.AUDIT_VIOLATED
    assert report.read_bytes() == page
    assert capsys.readouterr().out == f"It is False.\nReport: {report}\n"


def test_a_page_goes_where_it_is_wanted(tmp_path):
    """--out names another place, and the folder's own page stays as it is."""
    report = PAGE.publish(RIGHT, tmp_path)
    report.write_text("old")
    out = tmp_path / "mine.html"
    PAGE.rebuild(tmp_path, out=out, as_json=False, open_report=False)
    assert out.read_text() == "<p>True</p>"
    assert report.read_text() == "old"


def test_the_record_is_not_written_over(tmp_path):
    """A page in the record's place would end it."""
    PAGE.publish(RIGHT, tmp_path)
    before = (tmp_path / "guess.json").read_bytes()
    with pytest.raises(ConfigurationError, match="the record it is made from"):
        PAGE.rebuild(tmp_path, out=tmp_path / "guess.json", as_json=False, open_report=False)
    assert (tmp_path / "guess.json").read_bytes() == before


def test_a_broken_record_is_told(tmp_path):
    """Truncated while it was copied, say; the old page stays."""
    PAGE.publish(RIGHT, tmp_path)
    (tmp_path / "guess.json").write_text("{")
    with pytest.raises(RunDataError, match="truncated or malformed"):
        PAGE.rebuild(tmp_path, out=None, as_json=False, open_report=False)
    assert (tmp_path / "report.html").read_text() == "<p>True</p>"


def test_a_record_is_printed_or_told_and_opened(tmp_path, capsys, monkeypatch):
    """JSON for machines and nothing else; or words, and where the page is."""
    seen = []
    monkeypatch.setattr(webbrowser, "open", lambda url: seen.append(url) or True)
    report = tmp_path / "report.html"
    PAGE.announce(RIGHT, as_json=True, report=report, open_report=False)
    assert json.loads(capsys.readouterr().out) == {"schema_version": 1, "right": True}
    PAGE.announce(RIGHT, as_json=False, report=report, open_report=True)
    assert "It is True." in capsys.readouterr().out
    assert seen == [report.as_uri()]
