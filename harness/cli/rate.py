"""Arrival rates and ranges as people write them: `60/h`, `20/min`, `0.25..2`, `2/h..120/h`."""

import math
import re
from dataclasses import dataclass
from typing import Any

import click

__all__ = ["RANGE", "RATE", "TypedRange", "parse_rate"]

_LEAST_PER_S = 1 / 86_400
"""One a day: a slower run has nobody in it."""

_MOST_PER_S = 1000.0

_PER_S = {"s": 1.0, "sec": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "hour": 3600.0, "d": 86_400.0}
_RATE = re.compile(r"\s*([0-9.eE+-]*[0-9.])\s*(?:/\s*([a-z]+))?\s*")
_DOTS = ".."


def parse_rate(text: str) -> float | None:
    """Return arrivals per second; a number without a unit is one. None where it is no rate."""
    match = _RATE.fullmatch(text)
    unit_s = _PER_S.get((match[2] if match else None) or "s")
    if match is None or unit_s is None:
        return None
    try:
        rate_per_s = float(match[1]) / unit_s
    except ValueError:
        return None
    return rate_per_s if _LEAST_PER_S <= rate_per_s <= _MOST_PER_S else None


class _Rate(click.ParamType[float]):
    """`60/h`, `20/min`, `4/s`, or a number per second."""

    name = "rate"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return arrivals per second, or fail with what was expected."""
        if isinstance(value, float):
            return value
        rate_per_s = parse_rate(str(value))
        if rate_per_s is None:
            self.fail(
                f"{value!r} is not a rate from 1/d to {_MOST_PER_S:g}/s, such as 60/h, 20/min, 4/s",
                param,
                ctx,
            )
        return rate_per_s


@dataclass(frozen=True, slots=True)
class TypedRange:
    """Hold a range as it was typed; what its ends mean depends on what is varied."""

    low: str
    high: str

    def __str__(self) -> str:
        """Return it as typed."""
        return f"{self.low}{_DOTS}{self.high}"

    def numbers(self) -> tuple[float, float] | None:
        """Return both ends as plain numbers, finite and ascending; None where they are not."""
        try:
            low, high = float(self.low), float(self.high)
        except ValueError:
            return None
        return (low, high) if low < high and math.isfinite(high - low) else None

    def rates(self) -> tuple[float, float] | None:
        """Return both ends as rates per second, ascending; None where they are not."""
        low, high = parse_rate(self.low), parse_rate(self.high)
        return None if low is None or high is None or low >= high else (low, high)


class _Range(click.ParamType[TypedRange]):
    """`a..b`."""

    name = "a..b"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> TypedRange:
        """Return both ends, or fail with what was expected."""
        if isinstance(value, TypedRange):
            return value
        low, dots, high = str(value).partition(_DOTS)
        if not dots or not low.strip() or not high.strip() or _DOTS in high:
            self.fail(f"{value!r} is not a range; write both ends as 0.25..2", param, ctx)
        return TypedRange(low.strip(), high.strip())


RATE = _Rate()
RANGE = _Range()
