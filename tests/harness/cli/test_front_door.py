"""Laws of the front door."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

# Its errors are looked for when one is told, which must not meet the importer that stands in here.
import harness.lab  # noqa: F401
from harness.cli import front_door
from harness.cli.front_door import CommandPlace, FrontDoor
from harness.errors import ConfigurationError, InvalidRunError


@click.command("act")
@click.option("--how", type=click.Choice(["well", "badly", "invalid", "stop", "seven"]))
def act(how):
    """Do what the test wants."""
    if how == "badly":
        raise ConfigurationError("port 1 is in use; name another")
    if how == "invalid":
        raise InvalidRunError("merchant died\n  last words")
    if how == "stop":
        raise KeyboardInterrupt
    return 7 if how == "seven" else None


@pytest.fixture
def door(monkeypatch):
    class Module:
        command = act

    imported = []

    def import_module(name):
        imported.append(name)
        return Module

    monkeypatch.setattr(front_door.importlib, "import_module", import_module)
    group = FrontDoor(
        name="door",
        callback=lambda: None,
        places={"act": CommandPlace("some.module", "command", "Act as told.")},
    )
    group.imported = imported
    return group


def run(door, *arguments):
    return CliRunner().invoke(door, list(arguments), prog_name="door")


def test_overview_imports_no_command(door):
    """--help is answered from one-line summaries."""
    result = run(door, "--help")
    assert result.exit_code == 0
    assert "Act as told." in result.stdout
    assert door.imported == []


@pytest.mark.parametrize(
    ("arguments", "status", "line"),
    [
        (["act", "--how", "badly"], 2, "Error: port 1 is in use; name another\n"),
        (["act", "--how", "invalid"], 12, "Error: merchant died\n  last words\n"),
        (["act", "--how", "stop"], 130, "Error: stopped by SIGINT\n"),
        (["act", "--hwo"], 2, "Error: No such option '--hwo'"),
        (["act", "--how", "else"], 2, "Error: Invalid value for '--how': 'else' is not one of"),
        (["dance"], 2, "Error: No such command 'dance'; see door --help\n"),
        (["--dance"], 2, "Error: No such option '--dance'; see door --help\n"),
    ],
)
def test_errors_are_one_line_and_a_status(door, arguments, status, line):
    """What went wrong stands on standard error, without usage text or traceback."""
    result = run(door, *arguments)
    assert result.exit_code == status
    assert result.stdout == ""
    assert result.stderr.lstrip("\n").startswith(line)
    assert "Traceback" not in result.stderr
    if status == 2:
        assert result.stderr.strip("\n").count("\n") == 0


def test_nothing_asked_is_the_help_as_it_is_laid_out(door):
    """On standard error with the status of a misuse; not squeezed into a line."""
    result = run(door)
    assert result.exit_code == 2
    assert result.stderr == run(door, "--help").stdout
    assert result.stderr.count("\n") > 5


def test_a_misspelt_command_is_told_the_one_that_was_meant(door):
    """Nothing is imported to find that out."""
    result = run(door, "acts")
    assert result.exit_code == 2
    said = "Error: No such command 'acts'; did you mean 'act'? See door --help\n"
    assert result.stderr == said
    assert door.imported == []


def test_a_commands_status_is_the_processs(door):
    """A command returns its exit status; nothing returned means all well."""
    assert run(door, "act", "--how", "seven").exit_code == 7
    assert run(door, "act", "--how", "well").exit_code == 0


def test_click_is_left_alone_without_standalone_mode(door):
    """Who drives the group from Python gets its exceptions."""
    with pytest.raises(ConfigurationError):
        door.main(["act", "--how", "badly"], standalone_mode=False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_full_disk_is_one_line():
    """Output that finds no room ends in a sentence and a status, also when it was buffered."""
    program = "from harness.cli.commands import main; main(['variants', '--json'])"
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-c", program], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert result.returncode == 2
    assert result.stderr.decode() == (
        "Error: cannot write: No space left on device; make room and run it again\n"
    )


def test_terminal_without_our_characters_gets_the_others():
    """A dot that ASCII lacks is a question mark, not a traceback."""
    result = subprocess.run(
        [sys.executable, "-c", "from harness.cli.commands import main; main(['variants'])"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"token_store" in result.stdout
    assert b"?" in result.stdout


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("numpy", "numpy is not installed, which this needs: pip install 'bkash-bench[bench]'"),
        ("rich.table", "rich is not installed, which this needs: pip install 'bkash-bench[bench]'"),
    ],
)
def test_a_missing_package_is_named_with_its_remedy(name: str, words: str, monkeypatch, capsys):
    """As where the mock gateway alone was installed."""
    assert missing(name, monkeypatch).code == 2
    assert capsys.readouterr().err == f"Error: {words}\n"


@pytest.mark.parametrize("name", ["harness.nothing", None])
def test_a_missing_module_of_ours_is_not_hidden(name: str | None, monkeypatch):
    """Nobody could install it."""
    assert isinstance(missing(name, monkeypatch), ModuleNotFoundError)


def missing(name: str | None, monkeypatch) -> SystemExit | ModuleNotFoundError:
    def find(module: str) -> None:
        raise ModuleNotFoundError("No module", name=name)

    monkeypatch.setattr(front_door.importlib, "import_module", find)
    door = FrontDoor("tool", places={"act": CommandPlace("anything", "act", "Acts.")})
    with pytest.raises((SystemExit, ModuleNotFoundError)) as ended:
        door.main(["act"], prog_name="tool")
    return ended.value
