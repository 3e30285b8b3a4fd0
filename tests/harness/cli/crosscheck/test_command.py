"""Laws of the options of `bkash-bench crosscheck`."""

import pytest
from click.testing import CliRunner

from harness.cli import main


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--variants", "nosuch"), "nosuch"),
        (("--profile", "nosuch"), "nosuch"),
        (("--rate", "0"), "rate"),
        (("--rate", "nan"), "rate"),
        (("--duration", "-5"), "duration"),
        (("--duration", "inf"), "duration"),
        (("--token-lifetime", "0"), "token-lifetime"),
        (("--seed", "-1"), "seed"),
    ],
    ids=str,
)
def test_bad_input_is_one_line_and_status_2(tmp_path, monkeypatch, args, words):
    """Nothing is started, nothing is written."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["crosscheck", *args])
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_help_has_examples_and_every_status():
    """A user has only the help."""
    out = CliRunner().invoke(main, ["crosscheck", "--help"]).output
    assert "bkash-bench crosscheck --variants" in out
    for status in ("0 both clocks agree", "10 a stage", "12 a run", "13 the ledger"):
        assert status in " ".join(out.split())
