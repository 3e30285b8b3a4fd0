"""Laws of `bkash-bench baseline`."""

import pytest
from click.testing import CliRunner

from harness.cli import main
from harness.gate import read_baseline


def run(*arguments):
    return CliRunner().invoke(main, ["baseline", *map(str, arguments)])


def test_figures_of_a_run_become_a_file(make_run, tmp_path):
    """Over one that stands there, and the same at every time."""
    out = tmp_path / "base.json"
    path = make_run()
    contents = []
    for _ in range(2):
        result = run(path, "-o", out)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == f"Baseline: {out}\n"
        contents.append(out.read_bytes())
    assert contents[0] == contents[1]
    assert read_baseline(out).variants["cached"].payments == 40


@pytest.mark.parametrize(
    ("how", "status"), [({"interrupted": True}, 12), ({"audit_ok": False}, 13)]
)
def test_run_that_must_not_be_believed_makes_no_baseline(make_run, tmp_path, how, status):
    """Its status is the run's, and nothing is written."""
    result = run(make_run(**how), "-o", tmp_path / "base.json")
    assert result.exit_code == status
    assert "No baseline was written" in result.stderr
    assert not (tmp_path / "base.json").exists()


def test_place_must_be_named(make_run):
    """Nobody commits a file whose name was chosen for them."""
    result = run(make_run())
    assert result.exit_code == 2
    assert "Missing option '-o'" in result.stderr
