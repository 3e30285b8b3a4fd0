"""A crontab line, read as cron reads it: minutes of the clock, not distances.

`*/45 * * * *` does not mean "every 45 minutes". The step walks through the minutes 0 to 59 of each
hour and begins anew at the next, so the line fires at :00 and :45, 45 and 15 minutes apart. The
reading is cronsim's, which follows Debian's cron; this module gives it a day and sentences.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from cronsim import CronSim, CronSimError

from harness.errors import ConfigurationError

__all__ = ["CronLine", "parse_cron"]

FIELDS = ("minute", "hour", "day of month", "month", "day of week")

MACROS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
"""Nicknames of crontab(5). `@reboot` is none of them: it names no time."""

MAX_LINE = 1_000
"""Longest line, in characters; cron's own limit is about the same."""

_START = datetime(2026, 1, 1, tzinfo=UTC)
"""What the clock shows where time begins: midnight, a Thursday, as on the virtual clock."""


@dataclass(frozen=True, slots=True)
class CronLine:
    """Say when a crontab line fires.

    Attributes:
        expression: its five fields.
        command: what stands behind them; "" where nothing does.
    """

    expression: str
    command: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Return the five fields."""
        return self.expression

    def fires_s(self, until_s: float) -> Iterator[float]:
        """Yield the instants in [0, until_s), seconds since a midnight, ascending."""
        # cronsim looks for what comes after, and midnight itself counts.
        for at in CronSim(self.expression, _START - timedelta(seconds=1)):
            at_s = (at - _START).total_seconds()
            if at_s >= until_s:
                return
            yield at_s

    def gaps_s(self, until_s: float) -> list[float]:
        """Return the lengths of time between two firings, each once, ascending, seconds."""
        return sorted({after - before for before, after in pairwise(self.fires_s(until_s))})

    def minutes(self) -> tuple[int, ...]:
        """Return the minutes of the hour at which it fires, ascending."""
        return tuple(sorted({int(at_s // 60) % 60 for at_s in self.fires_s(86_400.0)}))


def parse_cron(line: str) -> CronLine:
    """Read five fields, a nickname (`@hourly`), or a whole crontab line with its command.

    Raises:
        ConfigurationError: it is none of them, or never fires; the message names the field.
    """
    if len(line) > MAX_LINE or any(mark in line for mark in "\n\r\0"):
        raise ConfigurationError(
            f"a cron line is one line of at most {MAX_LINE} characters, got {len(line)}"
        )
    words = line.split()
    if words and words[0].startswith("@"):
        words = [*_nickname(words[0], line).split(), *words[1:]]
    if len(words) < len(FIELDS):
        raise ConfigurationError(
            f"{line!r} is not a cron line: it has {len(words)} fields of {len(FIELDS)}"
            f" ({', '.join(FIELDS)}), as in '*/45 * * * *'"
        )
    fields, command = words[: len(FIELDS)], " ".join(words[len(FIELDS) :])
    _check_fields(fields, line)
    parsed = CronLine(" ".join(fields), command)
    if next(parsed.fires_s(math.inf), None) is None:
        raise ConfigurationError(f"{parsed.expression!r} names no day that there is: never fires")
    return parsed


def _nickname(word: str, line: str) -> str:
    expression = MACROS.get(word.lower())
    if expression is None:
        raise ConfigurationError(
            f"{line!r}: {word} names no time; write five fields or one of {', '.join(MACROS)}"
        )
    return expression


def _check_fields(fields: list[str], line: str) -> None:
    """Try each field alone, so that the message can name the one that is wrong."""
    for place, (name, text) in enumerate(zip(FIELDS, fields, strict=True)):
        alone = ["*"] * len(FIELDS)
        alone[place] = text
        try:
            CronSim(" ".join(alone), _START)
        except (CronSimError, AssertionError, IndexError, ValueError):
            # What it asserts and indexes it does to text that no crontab holds.
            raise ConfigurationError(
                f"{line!r}: {text!r} is not a {name} that cron understands"
            ) from None
    try:
        CronSim(" ".join(fields), _START)
    except CronSimError:
        raise ConfigurationError(
            f"{' '.join(fields)!r} names no day that there is: never fires"
        ) from None
