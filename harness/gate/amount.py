"""An amount as a person writes it in a limit: a number and, directly behind it or not, its unit."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from harness.errors import ConfigurationError

__all__ = [
    "DIGITS",
    "Amount",
    "Unit",
    "decimals_for",
    "format_count",
    "format_seconds",
    "parse_amount",
]

DIGITS = 9
"""Decimals in which figures are compared: nanoseconds, the exactness of a sample. Beyond them lies
only what floating point adds to a quantile's interpolation."""

MICROSECONDS = 6
"""Decimals of a second beyond which nobody is shown any."""

_AMOUNT = re.compile(
    r"([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?|inf(?:inity)?|nan)\s*(.*)", re.IGNORECASE | re.DOTALL
)


class Unit(StrEnum):
    """Name what a number can count: time, a share of the baseline, or things."""

    SECOND = "s"
    MILLISECOND = "ms"
    MICROSECOND = "us"
    PERCENT = "%"
    NONE = ""

    @property
    def is_time(self) -> bool:
        """Whether the unit measures time."""
        return self in _SECONDS


_SECONDS = {Unit.SECOND: 1.0, Unit.MILLISECOND: 1e-3, Unit.MICROSECOND: 1e-6}
_SPELLINGS = {"µs": Unit.MICROSECOND, "μs": Unit.MICROSECOND}


@dataclass(frozen=True, slots=True)
class Amount:
    """Hold a number with its unit, as it was written.

    Attributes:
        number: 0 or more; infinite where somebody wrote so.
        unit: its unit.
    """

    number: float
    unit: Unit

    def __str__(self) -> str:
        text = repr(self.number)
        return f"{text.removesuffix('.0')}{self.unit}"

    @property
    def value(self) -> float:
        """The amount in seconds, as a fraction, or as a count, according to its unit."""
        if self.unit is Unit.PERCENT:
            return self.number / 100.0
        return self.number * _SECONDS.get(self.unit, 1.0)


def parse_amount(text: str) -> Amount:
    """Read "3.2s", "200 ms", "2%" or "2".

    Raises:
        ConfigurationError: it is none of these; the message says what is wrong with `text`.
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise ConfigurationError(f"{text.strip()!r} is not a number such as 3s, 200ms, 2% or 2")
    number, unit = float(found[1]), found[2].strip()
    if math.isnan(number):
        raise ConfigurationError(f"{text.strip()!r} is not a number; nothing is less than it")
    try:
        return Amount(number, _SPELLINGS.get(unit) or Unit(unit))
    except ValueError:
        raise ConfigurationError(
            f"{unit!r} is not a unit; there are s, ms and us for times, % of the baseline, and"
            " none for counts"
        ) from None


def format_seconds(duration_s: float, *, decimals: int = MICROSECONDS) -> str:
    """Return a time for people, with as many decimals of a second as are asked for."""
    if abs(duration_s) < 1.0:
        return f"{_trim(duration_s * 1e3, max(decimals - 3, 0))} ms"
    return f"{_trim(duration_s, decimals)} s"


def decimals_for(duration_s: float, *, beside_s: Iterable[float] = ()) -> int:
    """Return how many decimals of a second a time needs to be told from others.

    Three digits are enough for a person; where another time lies near, the difference needs two.

    Args:
        duration_s: the time, seconds.
        beside_s: times that it is read beside, seconds, itself among them or not.
    """
    apart_s = {round(abs(one - two), DIGITS) for one, two in combinations(beside_s, 2)} - {0.0}
    needed = _decimals(duration_s, digits=3)
    if apart_s:
        needed = max(needed, _decimals(min(apart_s), digits=2))
    return min(needed, MICROSECONDS)


def _decimals(number: float, *, digits: int) -> int:
    if number == 0 or not math.isfinite(number):
        return 0
    return max(digits - 1 - math.floor(math.log10(abs(number))), 0)


def format_count(count: float) -> str:
    """Return a count or a mean of counts for people."""
    return _trim(count, 4)


def _trim(number: float, decimals: int) -> str:
    text = f"{number:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
