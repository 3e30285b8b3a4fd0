"""Laws of `bkash-bench gate`."""

import pytest
from click.testing import CliRunner

from harness.cli import main


@pytest.fixture
def gate(make_run):
    """Return a function that runs the command on a finished run."""
    path = make_run()

    def run(*arguments):
        return CliRunner().invoke(main, ["gate", str(path), *map(str, arguments)])

    return run


def test_run_is_held_against_limits(gate):
    """The status says which kind failed, the output says what."""
    assert gate("--limit", "guide").exit_code == 0
    result = gate("--limit", "p95 make_payment < 1s")
    assert result.exit_code == 10
    assert "cached: p95 make_payment is 2 s; the limit is < 1s" in result.stdout


def test_run_is_held_against_a_baseline(gate, make_run):
    """A run folder or a file; here the same figures."""
    result = gate("--baseline", make_run("before"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Gate: passed (0 of 10 checks failed)\n"


def test_run_is_left_as_it_was(gate, tmp_path):
    """Nothing in its folder is written or renewed."""
    before = sorted((tmp_path / "run").iterdir())
    gate("--limit", "guide", "--junit", tmp_path / "gate.xml")
    assert sorted((tmp_path / "run").iterdir()) == before
    assert (tmp_path / "gate.xml").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Error: nothing to hold the run against; add --limit or --baseline"),
        (("--limit", "fast"), "Error: --limit 'fast': 'fast' is not known"),
        (("--junit", "x.xml"), "Error: --junit tells what limits found"),
    ],
)
def test_what_cannot_be_used_is_one_line(gate, arguments, said):
    """And status 2."""
    result = gate(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(said)
    assert result.stderr.count("\n") == 1
