"""Laws of the options of `bkash-bench whatif`."""

import json

import pytest
from click.testing import CliRunner

from harness.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(main, ["whatif", *args])


def test_json_is_the_record_and_nothing_else(run, tmp_path):
    """For pipes; the run folder is made all the same."""
    args = ("--stage", "create_payment", "--range", "0.5..2", "--points", "2")
    more = ("--variants", "stored", "--payments", "20", "--profile", "constant")
    result = run(*args, *more, "--jobs", "1", "--quiet", "--json", "--out", "mine")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    values = [point["value"] for point in document["sweeps"][0]["points"]]
    assert values == [0.5, 1.0, 2.0]
    assert (tmp_path / "mine" / "whatif.json").is_file()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--stage", "nosuch"), "nosuch"),
        (("--setting", "nosuch"), "nosuch"),
        (("--range", "1"), "range"),
        (("--stage", "create_payment", "--range", "0..2"), "range"),
        (("--stage", "create_payment", "--range", "-1..2"), "range"),
        (("--stage", "create_payment", "--range", "nan..2"), "range"),
        (("--stage", "create_payment", "--range", "0.5..1e9"), "range"),
        (("--setting", "timeout", "--range", "0..10"), "timeout"),
        (("--points", "1"), "points"),
        (("--payments", "0"), "payments"),
        (("--payments", "-5"), "payments"),
        (("--rate", "0"), "rate"),
        (("--rate", "inf/h"), "rate"),
        (("--token-lifetime", "nan"), "token-lifetime"),
        (("--token-lifetime", "0.1s"), "token-lifetime"),
        (("--profile", "fast"), "fast"),
        (("--variants", "nosuch"), "nosuch"),
        (("--setting", "timeout", "--variants", "stored"), "changes nothing"),
    ],
    ids=str,
)
def test_bad_input_is_one_line_and_status_2(run, tmp_path, args, words):
    """Nothing is simulated, nothing is written."""
    result = run(*args)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
