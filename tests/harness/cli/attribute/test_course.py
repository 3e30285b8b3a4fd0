"""Laws of the course of `attribute`, with a study that simulates little."""

import webbrowser
from dataclasses import replace

import msgspec
import pytest
from click.testing import CliRunner

from harness.cli import main
from harness.cli.attribute import course as attribute_course
from harness.cli.attribute.study import Study
from harness.rundata import ATTRIBUTION_SCHEMA, read_attribution

LITTLE = (
    *("--optimizations", "token_cache", "--traffic", "normal", "--profile", "constant"),
    *("--payments", "20", "--jobs", "1"),
)


def _run(tmp_path, *arguments):
    out = tmp_path / "run"
    return out, CliRunner().invoke(main, ["attribute", *LITTLE, "--out", str(out), *arguments])


def test_folder_holds_record_and_report(tmp_path):
    """attribution.json and report.html, and a table on the terminal that says where they are."""
    out, result = _run(tmp_path, "--quiet")
    assert result.exit_code == 0, result.stderr
    assert sorted(path.name for path in out.iterdir()) == ["attribution.json", "report.html"]
    record = read_attribution(out)
    assert record.optimizations == ("token_cache",)
    assert "token_cache" in result.stdout
    assert str(out / "report.html") in result.stdout
    assert result.stderr == ""


def test_json_is_the_record_and_nothing_else(tmp_path):
    """Standard output is for machines then; progress goes to standard error."""
    out, result = _run(tmp_path, "--json")
    assert result.exit_code == 0
    document = msgspec.json.decode(result.stdout)
    assert document == msgspec.json.decode((out / "attribution.json").read_bytes())
    assert document["schema_version"] == ATTRIBUTION_SCHEMA
    assert "simulating" in result.stderr
    assert "writing the report" in result.stderr


def test_report_opens_in_the_browser(tmp_path, monkeypatch):
    """--open hands the report's address to the browser."""
    seen = []
    monkeypatch.setattr(webbrowser, "open", lambda url: seen.append(url) or True)
    out, _ = _run(tmp_path, "--quiet", "--open")
    assert seen == [(out / "report.html").as_uri()]


def test_a_folder_that_is_taken_is_refused_before_the_work(tmp_path, monkeypatch):
    """Nobody waits for minutes to hear that the place is taken."""
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "mine").touch()
    monkeypatch.setattr(Study, "carry_out", lambda *_: pytest.fail("simulated all the same"))
    _, result = _run(tmp_path)
    assert result.exit_code == 2
    assert "exists already" in result.stderr


def test_a_folder_that_became_a_file_is_told_in_one_line(tmp_path, monkeypatch):
    """What happens between the check and the writing is told, too."""
    monkeypatch.setattr(attribute_course, "require_free_place", lambda path: None)
    (tmp_path / "run").touch()
    _, result = _run(tmp_path, "--quiet")
    assert result.exit_code == 2
    assert "cannot make run folder" in result.stderr


def test_a_violated_audit_has_its_own_exit_status(tmp_path, monkeypatch):
    """13: wrong money outweighs every saving."""
    carry_out = Study.carry_out

    def violated(study, on_progress):
        record = carry_out(study, on_progress)
        traffic = record.traffic[0]
        cells = (replace(traffic.cells[0], audit_ok=False), *traffic.cells[1:])
        return replace(record, traffic=(replace(traffic, cells=cells),))

    monkeypatch.setattr(Study, "carry_out", violated)
    _, result = _run(tmp_path, "--quiet")
    assert result.exit_code == 13
    assert "audit found violations" in result.stdout
