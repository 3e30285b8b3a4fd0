"""Durations as people write them: `90s`, `2m`, `24h`, `7d`, or a number of seconds."""

import math
import re
from typing import Any

import click

from harness.cli.parameter import Quantity

__all__ = ["DURATION", "TOKEN_LIFE"]

_LONGEST_S = 30 * 86_400.0
_SHORTEST_S = 0.1
_SHORTEST_TOKEN_LIFE_S = 60.0
_UNITS_S = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_DURATION = re.compile(r"\s*([0-9.eE+-]*[0-9.])\s*([smhd]?)\s*")


class _Duration(Quantity):
    """A number of seconds, or with a unit: 90s, 2m, 24h, 7d."""

    name = "duration"

    def __init__(self, *, least_s: float = _SHORTEST_S) -> None:
        super().__init__("seconds", most=_LONGEST_S, least=least_s)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return seconds, or fail with what was expected."""
        duration_s = _read_s(value)
        if not self.least <= duration_s <= self.most:
            self.fail(
                f"{value!r} is not a duration from {self.least:g} s to 30 days, such as 90s, 2m,"
                " 24h",
                param,
                ctx,
            )
        return duration_s


def _read_s(value: Any) -> float:
    """Return seconds; NaN, which lies in no range, where it is no duration."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return math.nan
    match = _DURATION.fullmatch(str(value))
    try:
        return math.nan if match is None else float(match[1]) * _UNITS_S[match[2]]
    except ValueError:
        return math.nan


DURATION = _Duration()
"""Any duration."""

TOKEN_LIFE = _Duration(least_s=_SHORTEST_TOKEN_LIFE_S)
"""Life of a token in studies, which last for days and weeks: shorter ones make thousands of token
calls a day, and no shop has them."""
