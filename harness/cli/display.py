"""How work shows itself while it goes: a bar on a terminal, a few plain lines elsewhere.

Everything goes to standard error; standard output is for results.
"""

import os
import re
import sys
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self

import rich.console
import rich.progress

from harness.progress import Observer, Step

__all__ = ["BarDisplay", "Display", "LineDisplay", "SilentDisplay", "choose_display"]

_NUMBER = re.compile(r" \d+ of \d+$")
_WORDS = 32
"""Letters kept for what is being done, so that the bar stays where it is."""
_QUARTERS = 4


class Display(Observer, Protocol):
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


def choose_display(*, quiet: bool) -> "SilentDisplay | LineDisplay | BarDisplay":
    """Return what fits where standard error leads; `NO_COLOR` takes the colour from the bar."""
    if quiet:
        return SilentDisplay()
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        return BarDisplay()
    return LineDisplay()


class SilentDisplay:
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

    def step(self, step: Step) -> None:
        """Take no notice."""


class LineDisplay:
    """Print a line when something else is begun, and at each quarter: for logs, pipes and CI."""

    def __init__(self) -> None:
        self._doing = ""
        self._quarter = 0
        self._is_known = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        return None

    def step(self, step: Step) -> None:
        """Print what is being done if it is new, or if there is news of how long it takes."""
        # The third of twenty is no news.
        doing = _NUMBER.sub("s", step.doing)
        if doing and (doing != self._doing or self._has_news(step)):
            self._doing = doing
            self._quarter = int(step.done * _QUARTERS)
            self._is_known = step.left_s is not None
            left = "" if step.left_s is None else f" ({format_left(step.left_s)})"
            # Nobody may be reading any more (`2>&1 | head`); that is no reason to end a run.
            with suppress(BrokenPipeError):
                print(f"{doing}{left}", file=sys.stderr, flush=True)

    def _has_news(self, step: Step) -> bool:
        if step.left_s is None or step.done >= 1:
            return False
        return not self._is_known or int(step.done * _QUARTERS) > self._quarter


class BarDisplay:
    """Draw one bar for the whole work, with what is being done and the time left."""

    def __init__(self) -> None:
        # Drawn when the lab says so: a thread of its own could draw while a process is forked.
        self._progress = rich.progress.Progress(
            rich.progress.TextColumn(f"{{task.description:<{_WORDS}}}"),
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

    def step(self, step: Step) -> None:
        """Move the bar."""
        self._progress.update(
            self._task,
            description=step.doing,
            completed=step.done,
            left="" if step.left_s is None else format_left(step.left_s),
            refresh=True,
        )


def format_left(left_s: float) -> str:
    """Return the time left in words; whole seconds, rounded up, so that 0 means done."""
    seconds = max(0, -int(-left_s // 1))
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes}:{seconds:02d} left"
