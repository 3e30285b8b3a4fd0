"""How the command line fails: one line that says what to do, and an exit status, no traceback."""

import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

__all__ = ["FrontDoor"]


class FrontDoor(click.Group):
    """A group of commands whose errors are one line each on standard error."""

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
        try:
            status = super().main(args, prog_name, complete_var, False, **extra)
        except click.exceptions.Abort:
            _leave("stopped", 130)
        except click.ClickException as error:
            _leave(_sentence(error), error.exit_code)
        sys.exit(status if isinstance(status, int) else 0)


def _leave(sentence: str, status: int) -> NoReturn:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(status)


def _sentence(error: click.ClickException) -> str:
    sentence = " ".join(error.format_message().split()).rstrip(".")
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"{sentence}; see {error.ctx.command_path} --help"
    return sentence
