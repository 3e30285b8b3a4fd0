"""The options of a gate, which several commands share, and what they ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from harness.errors import ConfigurationError

__all__ = ["GateWish", "gate_options", "split_baselines", "take_gate_wish"]

_Command = TypeVar("_Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--limit",
        "limits",
        multiple=True,
        metavar="LIMIT",
        help="Fail if a figure exceeds it: 'p95 payment_time < 3s', 'p95 create_payment +2%',"
        " 'optimized: guide'. Repeatable; see docs/gate.md.  [default with a baseline: regression]",
    ),
    click.option(
        "--limits",
        "limits_file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="TOML file with limits, besides those of --limit.",
    ),
    click.option(
        "--save-baseline",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write the figures of this run as a baseline for later ones, if it is valid.",
    ),
    click.option(
        "--junit",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write what the limits found as JUnit XML.",
    ),
    click.option(
        "--markdown",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write it as Markdown; appended where FILE is $GITHUB_STEP_SUMMARY.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateWish:
    """Hold what was asked of the gate.

    Attributes:
        baseline: run folder or baseline file; None without one.
        limits: as typed.
        limits_file: TOML file with more; None without one.
        save_baseline: where this run's figures go; None: nowhere.
        junit, markdown: where the judgement goes; None: only to the terminal.
    """

    baseline: Path | None = None
    limits: tuple[str, ...] = ()
    limits_file: Path | None = None
    save_baseline: Path | None = None
    junit: Path | None = None
    markdown: Path | None = None

    @property
    def wants_judgement(self) -> bool:
        """Whether anything is to be held against limits."""
        return bool(self.limits or self.limits_file or self.baseline)


def gate_options(command: _Command) -> _Command:
    """Give a command the options of the gate but `--baseline`, which each words for itself."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def take_gate_wish(options: dict[str, Any], *, baseline: Path | None) -> GateWish:
    """Take the gate's options out of a command's, by parameter name.

    Raises:
        ConfigurationError: an output was named, and nothing would be written to it.
    """
    wish = GateWish(
        baseline=baseline,
        limits=tuple(options.pop("limits")),
        limits_file=options.pop("limits_file"),
        save_baseline=options.pop("save_baseline"),
        junit=options.pop("junit"),
        markdown=options.pop("markdown"),
    )
    for option, path in (("--junit", wish.junit), ("--markdown", wish.markdown)):
        if path is not None and not wish.wants_judgement:
            raise ConfigurationError(
                f"{option} tells what limits found, and there are none; add --limit or --baseline"
            )
    return wish


def split_baselines(
    values: tuple[str, ...], *, variants: tuple[str, ...]
) -> tuple[str | None, Path | None]:
    """Tell apart what `--baseline` names: a variant of this run, and a run or file of before.

    A name that is both is the variant; `./name` is the file.

    Args:
        values: as typed.
        variants: names that take part.

    Returns:
        The variant to compare the others with, and the baseline of the gate; None for each that was
        not named.

    Raises:
        ConfigurationError: two of a kind.
    """
    paths = [value for value in values if value not in variants and _is_path(value)]
    names = [value for value in values if value not in paths]
    for kind, named in (("variants", names), ("runs or files", paths)):
        if len(named) > 1:
            raise ConfigurationError(
                f"--baseline names two {kind}, {named[0]!r} and {named[1]!r}; it takes a variant to"
                " compare the others with, and a run or file of before, one of each"
            )
    return (names[0] if names else None, Path(paths[0]) if paths else None)


def _is_path(value: str) -> bool:
    return "/" in value or value.endswith(".json") or Path(value).exists()
