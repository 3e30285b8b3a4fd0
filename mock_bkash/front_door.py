"""How the command line fails: one line that says what to do, and an exit status, no traceback."""

import difflib
import errno
import io
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

__all__ = ["FrontDoor"]

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class FrontDoor(click.Group):
    """A group of commands whose errors are one line each on standard error."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command asked for, or fail with the one that was probably meant."""
        if _is_unknown(args[0], self.list_commands(ctx)) and not ctx.resilient_parsing:
            ctx.fail(_suggest(args[0], self.list_commands(ctx)))
        return super().resolve_command(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line; ends the process unless `standalone_mode` is off."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)
        _write_what_can_be_written()
        try:
            status = super().main(args, prog_name, complete_var, False, **extra)
            # Here, where a full disk can still be told; at the interpreter's end it is a traceback.
            sys.stdout.flush()
        except click.exceptions.Abort:
            _leave("stopped", 130)
        except click.ClickException as error:
            _complain(error)
        except BrokenPipeError:
            # Whoever read our output has gone (`| head`): no error, and nothing left to say.
            _drop_output()
            sys.exit(0)
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise
            _drop_output()
            _leave(f"cannot write: {error.strerror}; make room and run it again", 2)
        sys.exit(status if isinstance(status, int) else 0)


def _write_what_can_be_written() -> None:
    """Put "?" for a character that the terminal's encoding lacks: the rest is worth more."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _drop_output() -> None:
    """Let what is still buffered go nowhere, so that the interpreter's end does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _leave(sentence: str, status: int) -> NoReturn:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(status)


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
    _leave(_sentence(error), error.exit_code)


def _sentence(error: click.ClickException) -> str:
    sentence = " ".join(error.format_message().split()).rstrip(".")
    if isinstance(error, click.UsageError) and error.ctx is not None:
        then = " See" if sentence.endswith("?") else "; see"
        return f"{sentence}{then} {error.ctx.command_path} --help"
    return sentence
