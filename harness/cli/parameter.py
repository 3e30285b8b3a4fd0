"""Types of options: each refuses what cannot be meant, with the value and what was expected."""

import math
from typing import Any

import click

__all__ = ["NAMES", "NameList", "Quantity", "Share"]


class Quantity(click.ParamType[float]):
    """A finite number above zero and up to a limit; NaN and infinity are nobody's wish.

    Args:
        unit: what a 1 is one of, for messages.
        most: largest value taken.
        least: smallest value taken; above zero.
    """

    name = "number"

    def __init__(self, unit: str, *, most: float, least: float = 0.001) -> None:
        self.unit = unit
        self.most = most
        self.least = least

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number, or fail with the range in words."""
        number = _number(value)
        if not self.least <= number <= self.most:
            self.fail(
                f"{value!r} is not a number of {self.unit} from {self.least:g} to {self.most:g}",
                param,
                ctx,
            )
        return number


class Share(click.ParamType[float]):
    """A share of a whole, from 0 to a limit; NaN is none.

    Args:
        most: largest value taken.
    """

    name = "share"

    def __init__(self, *, most: float) -> None:
        self.most = most

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the share, or fail with the range in words."""
        number = _number(value)
        if not 0 <= number <= self.most:
            self.fail(f"{value!r} is not a share from 0 to {self.most:g}", param, ctx)
        return number


def _number(value: Any) -> float:
    """Return a number as it was typed or stands in TOML; NaN where it is none."""
    try:
        # A TOML `true` is a Python int; it is no number.
        return math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        return math.nan


class NameList(click.ParamType[tuple[str, ...]]):
    """Names separated by commas, or a list of them in TOML; each once."""

    name = "name[,name…]"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the names in order, or fail on an empty or repeated one."""
        if isinstance(value, str):
            value = value.split(",")
        if not isinstance(value, (list, tuple)) or not all(isinstance(n, str) for n in value):
            self.fail(f"{value!r} is not a list of names", param, ctx)
        names = tuple(name.strip() for name in value)
        if not names or "" in names:
            self.fail("a name is empty; write them as one,two,three", param, ctx)
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            self.fail(f"{twice!r} is named twice; name each once", param, ctx)
        return names


NAMES = NameList()
"""The one instance that options share: it has no settings."""
