"""Laws of the command `report`."""

import json

from click.testing import CliRunner

from harness.cli import main


def run(*arguments):
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


def test_json_prints_the_summary(make_run):
    """--json is for machines."""
    result = run(make_run(), "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["schema_version"] == 1


def test_json_is_of_one_run(make_run):
    """Two summaries are no summary."""
    result = run(make_run("a"), make_run("b"), "--json")
    assert result.exit_code == 2
    assert "--json prints the summary of one run" in result.stderr


def test_run_is_required():
    """A report of nothing is refused."""
    assert run().exit_code == 2


def test_invalid_run_has_its_status(make_run):
    """The status is that of the run, so that scripts can tell."""
    assert run(make_run("a", interrupted=True)).exit_code == 12
    assert run(make_run("b", audit_ok=False)).exit_code == 13
