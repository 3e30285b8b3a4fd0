"""How the command line fails."""

import click
import pytest

from mock_bkash.front_door import FrontDoor


@click.group(cls=FrontDoor)
def group() -> None:
    """A group."""


@group.command()
@click.argument("how")
def end(how: str) -> int | None:
    """End in some way."""
    match how:
        case "abort":
            raise click.Abort
        case "usage":
            raise click.BadParameter("a sentence\nover two lines.", click.get_current_context())
        case "file":
            raise click.FileError("x.toml", "is broken")
        case "three":
            return 3
    return None


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["end", "well"], 0, ""),
        (["end", "three"], 3, ""),
        (["end", "abort"], 130, "Error: stopped\n"),
        (
            ["end", "usage"],
            2,
            "Error: Invalid value: a sentence over two lines; see tool end --help\n",
        ),
        (["end", "file"], 1, "Error: Could not open file 'x.toml': is broken\n"),
        (["ende"], 2, "Error: No such command 'ende'"),
        (["end"], 2, "Error: Missing argument 'HOW'; see tool end --help\n"),
    ],
)
def test_every_error_is_one_line_and_a_status(arguments, status: int, words: str, capsys):
    """On standard error, never a traceback."""
    with pytest.raises(SystemExit) as ended:
        group.main(arguments, prog_name="tool")
    assert (ended.value.code or 0) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(words)
    assert err.count("\n") == bool(words)


def test_a_test_may_run_it_without_ending_the_process():
    """As click's own test runner does."""
    assert group.main(["end", "three"], standalone_mode=False) == 3
