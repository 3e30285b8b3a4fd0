"""Laws of the options of every study."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from harness.cli.study.options import study_options, take_study_wish


@pytest.fixture
def take():
    """Return a function that runs a command with the options, and returns its wish and the rest."""
    seen = {}

    @click.command()
    @study_options(name="guess", file="guess.json")
    def command(**options):
        seen["wish"] = take_study_wish(options, name="guess")
        seen["rest"] = options

    def take(*arguments):
        result = CliRunner().invoke(command, arguments)
        return result, seen.get("wish"), seen.get("rest")

    return take


def test_untouched_it_uses_all_cores_and_a_folder_named_after_the_time(take):
    """The seed stays with what is asked."""
    _, wish, rest = take()
    assert wish.jobs is None
    assert wish.out.parent == Path("runs")
    assert wish.out.name.endswith("-guess")
    assert (wish.as_json, wish.quiet, wish.open_report) == (False, False, False)
    assert wish.command[0] == "bkash-bench"
    assert rest == {"seed": 1}


def test_every_option_arrives(take):
    """Converted."""
    _, wish, rest = take("--seed", "7", "--jobs", "2", "--out", "x", "--json", "--quiet", "--open")
    assert (wish.jobs, wish.out) == (2, Path("x"))
    assert (wish.as_json, wish.quiet, wish.open_report) == (True, True, True)
    assert rest == {"seed": 7}


@pytest.mark.parametrize(
    "arguments", [("--jobs", "0"), ("--jobs", "nan"), ("--seed", "-1"), ("--seed", "1e99")], ids=str
)
def test_what_cannot_be_meant_is_refused(take, arguments):
    """By the option's name."""
    result, wish, _ = take(*arguments)
    assert result.exit_code == 2
    assert arguments[0] in result.stderr
    assert wish is None
