"""How the command line fails."""

import io
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from mock_bkash.front_door import FrontDoor, _drop_output


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
        (["ende"], 2, "Error: No such command 'ende'; did you mean 'end'? See tool --help\n"),
        (["dance"], 2, "Error: No such command 'dance'; see tool --help\n"),
        (["--dance"], 2, "Error: No such option '--dance'; see tool --help\n"),
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


def test_nothing_asked_is_the_help_as_it_is_laid_out(capsys):
    """On standard error with the status of a misuse; not squeezed into a line."""
    with pytest.raises(SystemExit) as ended:
        group.main([], prog_name="tool")
    with pytest.raises(SystemExit):
        group.main(["--help"], prog_name="tool")
    assert ended.value.code == 2
    shown = capsys.readouterr()
    assert shown.err == shown.out
    assert shown.err.count("\n") > 5


def test_a_test_may_run_it_without_ending_the_process():
    """As click's own test runner does."""
    assert group.main(["end", "three"], standalone_mode=False) == 3


MOCK = [sys.executable, "-m", "mock_bkash"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_one_line():
    """Also where the output was buffered."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*MOCK, "faults"], stdout=full, stderr=subprocess.PIPE, timeout=180, check=False
        )
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "Error: cannot write: No space left on device; make room and run it again\n"
    )


def test_a_terminal_without_our_characters_gets_the_others():
    """What its encoding lacks is a question mark, not a traceback."""
    asked = [*MOCK, "serve", "--profile", "b\N{BENGALI SIGN VIRAMA}kash"]
    done = subprocess.run(
        asked,
        env={**os.environ, "PYTHONIOENCODING": "latin-1:strict"},
        capture_output=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 2
    assert b"b?kash" in done.stderr
    assert done.stderr.count(b"\n") == 1


def fail_with(problem: OSError, monkeypatch: pytest.MonkeyPatch) -> SystemExit | OSError:
    """Let a command's output fail, in a process whose own output stays as it is."""
    monkeypatch.setattr("mock_bkash.front_door._drop_output", lambda: None)

    def write() -> None:
        raise problem

    failing = click.Command("fail", callback=write)
    door = FrontDoor("tool", commands={"fail": failing})
    with pytest.raises((SystemExit, OSError)) as ended:
        door.main(["fail"], prog_name="tool")
    return ended.value


def test_a_reader_who_has_gone_is_no_error(monkeypatch, capsys):
    """`mock-bkash faults | head -1` ends well."""
    assert fail_with(BrokenPipeError(), monkeypatch).code == 0
    assert capsys.readouterr().err == ""


def test_another_trouble_of_the_system_is_not_hidden(monkeypatch):
    """It is nobody's fault that we know of, so all of it is shown."""
    trouble = PermissionError(13, "no")
    assert fail_with(trouble, monkeypatch) is trouble


def test_output_without_room_ends_with_status_2(monkeypatch, capsys):
    """The same as by a full disk, wherever it was noticed."""
    assert fail_with(OSError(28, "No space left on device"), monkeypatch).code == 2
    assert "make room" in capsys.readouterr().err


def test_what_was_dropped_goes_nowhere():
    """The interpreter's end finds a place to write the rest to."""
    program = (
        "import os; from mock_bkash import front_door as f; f._drop_output();"
        " print('x', flush=True); assert os.fstat(1).st_rdev == os.stat(os.devnull).st_rdev"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, timeout=180, check=True
    )
    assert done.stdout == b""


def test_output_that_is_no_terminals_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch):
    """A program that drives the commands may have put anything there."""
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    with pytest.raises(SystemExit) as ended:
        group.main(["end", "three"], prog_name="tool")
    assert ended.value.code == 3


def test_what_is_left_of_the_output_is_dropped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The file that was full gets no more of it."""
    with (tmp_path / "full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        _drop_output()
        full.write("lost")
    assert (tmp_path / "full").read_text() == ""
