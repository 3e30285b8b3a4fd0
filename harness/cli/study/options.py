"""The options of every study: chance, processes, where it is written and how it is told."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from harness.cli.run_path import default_run_path
from harness.clock import utc_now

__all__ = ["StudyWish", "study_options", "take_study_wish"]

_LARGEST_SEED = 2**63 - 1
_MOST_JOBS = 256

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyWish:
    """Hold how a study is to be carried out and told.

    Attributes:
        jobs: processes; None: one per core.
        out: run folder.
        command: the command line, to run it again.
        as_json: print the record instead of what it says.
        quiet: show no progress.
        open_report: in the browser.
    """

    jobs: int | None
    out: Path
    command: tuple[str, ...]
    as_json: bool
    quiet: bool
    open_report: bool


def study_options(*, name: str, file: str) -> Callable[[_Command], _Command]:
    """Return the decorator that gives a command the options of every study.

    Args:
        name: ends the name of the folder that is made by default.
        file: of the record.
    """
    options = (
        click.option(
            "--seed",
            type=click.IntRange(0, _LARGEST_SEED),
            default=1,
            show_default=True,
            help="Of every random draw.",
        ),
        click.option(
            "--jobs",
            type=click.IntRange(1, _MOST_JOBS),
            help="Processes to simulate in.  [default: one per core]",
        ),
        click.option(
            "--out",
            type=click.Path(path_type=Path),
            help=f"Run folder to make.  [default: runs/<UTC time>-{name}]",
        ),
        click.option("--json", "as_json", is_flag=True, help=f"Print {file} to standard output."),
        click.option("--quiet", is_flag=True, help="Show no progress."),
        click.option("--open", "open_report", is_flag=True, help="Open the report in the browser."),
    )

    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def take_study_wish(options: dict[str, Any], *, name: str) -> StudyWish:
    """Take what `study_options` added out of the options by parameter name; the seed stays."""
    return StudyWish(
        jobs=options.pop("jobs"),
        out=options.pop("out") or default_run_path(utc_now(), name=name),
        command=("bkash-bench", *sys.argv[1:]),
        as_json=options.pop("as_json"),
        quiet=options.pop("quiet"),
        open_report=options.pop("open_report"),
    )
