"""Laws of the options of `bkash-bench token-day`."""

import json

import pytest
from click.testing import CliRunner

from harness.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(main, ["token-day", *args])


def test_json_is_the_record_and_nothing_else(run, tmp_path):
    """The whole crontab line of the guide is taken, and the run folder is where it was wished."""
    line = '*/45 * * * * curl "https://yourdomain.com/api/cron/refresh-bkash-token?secret=s"'
    args = ("--variants", "stored", "--cron", line, "--rate", "6/h", "--duration", "3h")
    result = run(*args, "--jobs", "1", "--quiet", "--json", "--out", "mine")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document["schedules"][0]["name"] == "*/45 * * * *"
    assert (tmp_path / "mine" / "token-day.json").is_file()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--cron", "*/45"), "fields"),
        (("--cron", "60 * * * *"), "minute"),
        (("--rate", "0/h"), "rate"),
        (("--rate", "nan"), "rate"),
        (("--rate", "2/week"), "rate"),
        (("--duration", "-1h"), "duration"),
        (("--duration", "nan"), "duration"),
        (("--duration", "400d"), "duration"),
        (("--token-lifetime", "0"), "60 s to 30 days"),
        (("--instances", "0"), "instances"),
        (("--instance-lifetime", "inf"), "0.1 s to 30 days"),
        (("--variants", "nosuch"), "nosuch"),
        (("--profile", "nosuch"), "nosuch"),
        (("--token-lifetime", "59s"), "token-lifetime"),
        (("--profile", "fast"), "fast"),
        (("--jobs", "0"), "jobs"),
        (("--seed", "-1"), "seed"),
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


def test_a_folder_that_exists_is_left_alone(run, tmp_path):
    """Somebody's run may be in it."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "x").touch()
    result = run("--out", "old")
    assert result.exit_code == 2
    assert "exists already" in result.stderr
