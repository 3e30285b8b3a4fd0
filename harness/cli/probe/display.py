"""How a probe shows itself while it goes: a bar on a terminal, a few plain lines elsewhere.

Everything goes to standard error; standard output is for results.
"""

import os
import re
import sys
from types import TracebackType
from typing import Protocol, Self

import rich.console
import rich.progress

from harness.cli.display import format_left
from harness.probe import ProbeObserver, ProbeStep

__all__ = ["ProbeBar", "ProbeDisplay", "ProbeLines", "Unseen", "choose_probe_display"]

_NUMBER = re.compile(r" \d+ of \d+$")


class ProbeDisplay(ProbeObserver, Protocol):
    """An observer that is entered while there is something to show."""

    def __enter__(self) -> Self:
        """Begin to show."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Show nothing more, and leave the terminal as it was."""


def choose_probe_display(*, quiet: bool) -> "Unseen | ProbeLines | ProbeBar":
    """Return what fits where standard error leads; `NO_COLOR` takes the colour from the bar."""
    if quiet:
        return Unseen()
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        return ProbeBar()
    return ProbeLines()


class Unseen:
    """Show nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        return None

    def step(self, step: ProbeStep) -> None:
        """Take no notice."""


class ProbeLines(Unseen):
    """Print a line when something else is begun: for logs, pipes and CI."""

    def __init__(self) -> None:
        self._doing = ""

    def step(self, step: ProbeStep) -> None:
        """Print what is being done if it is new; payments are one thing."""
        doing = _NUMBER.sub("s", step.doing)
        if doing and doing != self._doing:
            self._doing = doing
            print(f"{doing} ({format_left(step.left_s)})", file=sys.stderr, flush=True)


class ProbeBar:
    """Draw one bar for the whole probe, with what is being done and the time left."""

    def __init__(self) -> None:
        self._progress = rich.progress.Progress(
            rich.progress.TextColumn("{task.description:<32}"),
            rich.progress.BarColumn(),
            rich.progress.TextColumn("{task.fields[left]}"),
            console=rich.console.Console(stderr=True),
            auto_refresh=False,
            transient=True,
        )
        self._task = self._progress.add_task("", total=1.0, left="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def step(self, step: ProbeStep) -> None:
        """Move the bar."""
        self._progress.update(
            self._task,
            description=step.doing,
            completed=step.done,
            left=format_left(step.left_s),
            refresh=True,
        )
