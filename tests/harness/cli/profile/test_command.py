"""Laws of `bkash-bench profile`."""

import json

import pytest
from click.testing import CliRunner

from harness.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*args):
        return CliRunner().invoke(main, ["profile", *args])

    return run


@pytest.fixture
def timings(tmp_path):
    lines = [f"create_payment,{1 + i / 100}" for i in range(50)]
    (tmp_path / "t.csv").write_text("\n".join(["operation,seconds", *lines, "email,1"]) + "\n")


@pytest.mark.parametrize("name", ["guide", "constant", "fast", "flaky"])
def test_show_prints_every_built_in_profile(run, name):
    """As a table, and as JSON."""
    assert f"Profile {name}" in run("show", name).stdout
    assert json.loads(run("show", name, "--json").stdout)["name"] == name


def test_fit_writes_a_profile_and_says_what_it_could_not_use(run, timings, tmp_path):
    """The last line is the command to try it with."""
    result = run("fit", "t.csv", "-o", "mine.toml")
    assert result.exit_code == 0
    assert "create_payment" in result.stdout
    assert "Not used: 1 line names" in result.stdout
    assert "Note: Without a time: " in result.stdout
    assert result.stdout.splitlines()[-1].endswith("bkash-bench compare --profile mine.toml")
    assert "create_payment" in run("show", "mine.toml").stdout


def test_fit_answers_machines_in_json(run, timings):
    """Fits, origins, gaps, files."""
    document = json.loads(run("fit", "t.csv", "-o", "m.toml", "--base", "guide", "--json").stdout)
    assert document["fits"]["create_payment"]["fit"]["n"] == 50
    assert "token_grant" in document["borrowed"]
    assert document["profile"]["missing"] == []
    assert document["written"] == ["m.toml"]


def test_a_har_is_told_by_its_name(run, tmp_path):
    """A HAR that is broken must not be taken for a strange CSV."""
    (tmp_path / "t.har").write_text("{")
    result = run("fit", "t.har", "-o", "m.toml")
    assert result.exit_code == 2
    assert "not a HAR file" in result.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("fit", "t.csv", "-o", "m.json"), "TOML"),
        (("fit", "no.csv", "-o", "m.toml"), "No such file"),
        (("fit", "t.csv", "-o", "m.toml", "--base", "nosuch"), "unknown profile"),
        (("show", "nosuch"), "unknown profile"),
        (("show", "no.toml"), "No such file"),
    ],
    ids=str,
)
def test_bad_input_is_one_sentence(run, timings, args, words):
    """And exit status 2."""
    result = run(*args)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
