"""Laws of the options of a gate."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from harness.cli.gate.options import GateWish, gate_options, split_baselines, take_gate_wish
from harness.errors import ConfigurationError

VARIANTS = ("sequential", "optimized")


@pytest.fixture
def wish_of():
    """Return a function that reads a command line with a gate's options."""
    taken = {}

    @click.command()
    @gate_options
    def command(**options):
        taken["wish"] = take_gate_wish(options, baseline=Path("base.json"))
        taken["rest"] = options

    def read(*arguments):
        result = CliRunner().invoke(command, arguments, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        assert taken["rest"] == {}
        return taken["wish"]

    return read


def test_every_option_arrives(wish_of):
    """Limits in the order in which they were typed."""
    wish = wish_of(
        *("--limit", "guide", "--limit", "errors <= 0", "--limits", "l.toml"),
        *("--save-baseline", "new.json", "--junit", "gate.xml", "--markdown", "gate.md"),
    )
    assert wish == GateWish(
        baseline=Path("base.json"),
        limits=("guide", "errors <= 0"),
        limits_file=Path("l.toml"),
        save_baseline=Path("new.json"),
        junit=Path("gate.xml"),
        markdown=Path("gate.md"),
    )
    assert wish.wants_judgement


@pytest.mark.parametrize("option", ["junit", "markdown"])
def test_output_of_no_judgement_is_refused(option):
    """A file that would never be written is a mistake."""
    options = dict.fromkeys(("limits_file", "save_baseline", "junit", "markdown"))
    options |= {"limits": (), option: Path("x")}
    with pytest.raises(ConfigurationError, match=f"--{option} tells what limits found, and there"):
        take_gate_wish(options, baseline=None)


def test_nothing_asked_is_no_judgement():
    """Saving a baseline judges nothing."""
    assert not GateWish(save_baseline=Path("x")).wants_judgement
    assert GateWish(limits_file=Path("x")).wants_judgement


@pytest.mark.parametrize(
    ("values", "variant", "path"),
    [
        ((), None, None),
        (("optimized",), "optimized", None),
        (("base.json",), None, "base.json"),
        (("runs/before",), None, "runs/before"),
        (("here",), None, "here"),
        (("base.json", "optimized"), "optimized", "base.json"),
        (("sequential",), "sequential", None),
        (("./sequential",), None, "sequential"),
        (("nobody",), "nobody", None),
    ],
)
def test_variant_and_run_are_told_apart(values, variant, path, tmp_path, monkeypatch):
    """A name that is both is the variant; a name that is neither is left to be refused as one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here").mkdir()
    (tmp_path / "sequential").mkdir()
    expected = None if path is None else Path(path)
    assert split_baselines(values, variants=VARIANTS) == (variant, expected)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("sequential", "optimized"), "names two variants, 'sequential' and 'optimized'"),
        (("a.json", "b.json"), "names two runs or files, 'a.json' and 'b.json'"),
    ],
)
def test_two_baselines_of_a_kind_are_refused(values, said):
    """Which of them would it be?"""
    with pytest.raises(ConfigurationError, match=said):
        split_baselines(values, variants=VARIANTS)
