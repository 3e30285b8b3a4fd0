"""The click group behind `bkash-bench`: commands imported on use, errors told in one line.

`--help` and every wrong option answer at once, because a command's module (and pandas, matplotlib,
Starlette behind it) is imported only when that command runs. Every error that is the user's to
mend is one line on standard error that says what to do, never a traceback.
"""

import difflib
import errno
import importlib
import io
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import click

from harness.cli.exit_status import exit_status
from harness.errors import HarnessError

__all__ = ["CommandPlace", "FrontDoor"]

DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class CommandPlace:
    """Say where a command is found and what the overview says about it.

    Attributes:
        module: to import when the command is used.
        attribute: the click command in it.
        summary: one line for `--help`, so that the overview imports nothing.
    """

    module: str
    attribute: str
    summary: str


class FrontDoor(click.Group):
    """Run the command that was asked for and turn its errors into a line and an exit status."""

    def __init__(self, *args: Any, places: Mapping[str, CommandPlace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the story: compare first."""
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command on its first use."""
        place = self._places.get(cmd_name)
        if place is None:
            return None
        command = getattr(importlib.import_module(place.module), place.attribute)
        assert isinstance(command, click.Command), f"{place.attribute} is a click command"
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command asked for, or fail with the one that was probably meant."""
        if _is_unknown(args[0], self.list_commands(ctx)) and not ctx.resilient_parsing:
            ctx.fail(_suggest(args[0], self.list_commands(ctx)))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the overview without importing the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.summary) for name, place in self._places.items()])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line `args`; ends the process unless `standalone_mode` is off."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)
        _write_what_can_be_written()
        try:
            status = super().main(args, prog_name, complete_var, False, **extra)
            # Here, where a full disk can still be told; at the interpreter's end it is a traceback.
            sys.stdout.flush()
        except (click.exceptions.Abort, KeyboardInterrupt):
            _leave("stopped by SIGINT", 130)
        except click.ClickException as error:
            _complain(error)
        except HarnessError as error:
            _leave(str(error), exit_status(error))
        except ModuleNotFoundError as error:
            _leave(_remedy(error), 2)
        except OSError as error:
            _leave_unwritten(error)
        sys.exit(status if isinstance(status, int) else 0)


def _write_what_can_be_written() -> None:
    """Put "?" for a character that the terminal's encoding lacks: a table is worth more than it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _drop_output() -> None:
    """Let what is still buffered go nowhere, so that the interpreter's end does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _leave_unwritten(error: OSError) -> NoReturn:
    if isinstance(error, BrokenPipeError):
        # The reader of our output has gone (`| head`): not an error, and nothing left to say.
        _drop_output()
        sys.exit(0)
    if error.errno not in DISK_FULL:
        raise error
    _drop_output()
    _leave(f"cannot write: {error.strerror}; make room and run it again", 2)


def _leave(sentence: str, status: int) -> NoReturn:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(status)


def _remedy(error: ModuleNotFoundError) -> str:
    """Return what to install; the mock gateway is installed without what the commands here need.

    Raises:
        ModuleNotFoundError: it is a module of ours that is missing, which is nobody's to install.
    """
    package = (error.name or "").partition(".")[0]
    if package in {"", "harness", "scenarios", "reports", "mock_bkash"}:
        raise error
    return f"{package} is not installed, which this needs: pip install 'bkash-bench[bench]'"


def _is_unknown(name: str, commands: Sequence[str]) -> bool:
    # What looks like an option is click's to complain about.
    return name not in commands and not name.startswith("-")


def _suggest(name: str, commands: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, commands, n=1)
    return f"No such command {name!r}" + "".join(f"; did you mean {other!r}?" for other in near)


def _complain(error: click.ClickException) -> NoReturn:
    """Leave with click's message; who asked for nothing gets the help as it was laid out."""
    # The class came with click 8.2; before, click prints that help by itself.
    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        click.echo(error.format_message(), err=True)
        sys.exit(error.exit_code)
    _leave(_click_sentence(error), error.exit_code)


def _click_sentence(error: click.ClickException) -> str:
    """Return click's message as one line that ends with where to read on."""
    sentence = " ".join(error.format_message().split()).rstrip(".")
    if isinstance(error, click.UsageError) and error.ctx is not None:
        then = " See" if sentence.endswith("?") else "; see"
        return f"{sentence}{then} {error.ctx.command_path} --help"
    return sentence
