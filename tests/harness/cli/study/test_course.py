"""Laws of the course of a study, with one that simulates little."""

import webbrowser
from dataclasses import replace

import msgspec
import pytest
from click.testing import CliRunner

from harness.cli import main
from harness.cli.study import course
from harness.cli.study.course import estimate
from harness.rundata import ATTRIBUTION
from harness.study import Workload
from harness.study.attribution import Attribution

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
    record = ATTRIBUTION.read(out)
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
    assert document["schema_version"] == ATTRIBUTION.version
    assert "\nsimulating\n" in result.stderr, "no time left is said before there is a pace"
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
    monkeypatch.setattr(Attribution, "carry_out", lambda *_: pytest.fail("simulated all the same"))
    _, result = _run(tmp_path)
    assert result.exit_code == 2
    assert "exists already" in result.stderr


def test_a_folder_that_became_a_file_is_told_in_one_line(tmp_path, monkeypatch):
    """What happens between the check and the writing is told, too."""
    monkeypatch.setattr(course, "require_free_place", lambda path: None)
    (tmp_path / "run").touch()
    _, result = _run(tmp_path, "--quiet")
    assert result.exit_code == 2
    assert "cannot write" in result.stderr


def test_a_violated_audit_has_its_own_exit_status(tmp_path, monkeypatch):
    """13: wrong money outweighs every saving."""
    carry_out = Attribution.carry_out

    def violated(study, fieldwork):
        record = carry_out(study, fieldwork)
        traffic = record.traffic[0]
        cells = (replace(traffic.cells[0], audit_ok=False), *traffic.cells[1:])
        return replace(record, traffic=(replace(traffic, cells=cells),))

    monkeypatch.setattr(Attribution, "carry_out", violated)
    _, result = _run(tmp_path, "--quiet")
    assert result.exit_code == 13
    assert "audit found violations" in result.stdout


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (
            Workload(1, 20),
            "up to 1 simulation, 20 payments, in 1 process: about 4 s on an idle machine",
        ),
        (
            Workload(40, 8_000),
            "up to 40 simulations, 8,000 payments, in 1 process: about 25 s on an idle machine",
        ),
        (Workload(400, 80_000), "80,000 payments, in 1 process: about 4 min on an idle machine"),
    ],
    ids=["one", "some", "many"],
)
def test_how_much_there_is_and_how_long_it_takes_is_said(work, words):
    """Before anything is simulated."""
    assert estimate(work, jobs=1).endswith(words)


def test_the_estimate_is_shown_unless_it_is_quiet(tmp_path):
    """On standard error, before the progress."""
    _, result = _run(tmp_path)
    assert result.stderr.splitlines()[0].startswith("up to 2 simulations, 40 payments")
