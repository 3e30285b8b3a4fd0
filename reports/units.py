"""Numbers as text: the only place where a figure gets its unit and loses digits.

At most three significant digits, one unit per column, a real minus sign, thin spaces before units.
What does not exist is "–". Input is in the harness's units: seconds, bytes, shares.
"""

from datetime import datetime
from math import floor, log10

from harness.stats import Interval

__all__ = [
    "NONE",
    "count",
    "day",
    "digits",
    "megabytes",
    "milliseconds",
    "percent",
    "percent_change",
    "percent_less",
    "percent_range",
    "plain",
    "seconds",
    "seconds_range",
    "signed_seconds",
]

NONE = "–"
"""What stands where a figure does not exist."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Not by the locale: a report reads the same on every machine."""

_MINUS = "−"
_MOST_DIGITS = 3
_MOST_PLACES = 4
"""Decimals of a figure at most: a tenth of a millisecond in a column of seconds is noise enough."""


def digits(value: float | None, *, signed: bool = False) -> str:
    """Return a number with at most three significant digits: 7.67, 0.0421, 12.3, 560."""
    if value is None:
        return NONE
    text = _round(abs(value))
    if float(text.replace(",", "")) == 0:
        return "0"
    sign = _MINUS if value < 0 else "+" if signed else ""
    return sign + text


def plain(value: float | None) -> str:
    """Return a number for a sentence, without zeros that say nothing: 2, 0.25, 28,800."""
    shown = digits(value)
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def seconds(value_s: float | None) -> str:
    """Return a duration with its unit."""
    return NONE if value_s is None else f"{digits(value_s)} s"


def signed_seconds(value_s: float | None) -> str:
    """Return a change of a duration with its sign, without unit: −2.02."""
    return digits(value_s, signed=True)


def seconds_range(interval: Interval | None) -> str:
    """Return an interval of seconds, without unit: −2.05 to −2.00."""
    if interval is None:
        return NONE
    return f"{digits(interval.low, signed=True)} to {digits(interval.high, signed=True)}"


def seconds_range_plain(interval: Interval) -> str:
    """Return an interval of durations, without unit: 7.60–7.72."""
    return f"{digits(interval.low)}–{digits(interval.high)}"


def milliseconds_range(low_s: float, high_s: float) -> str:
    """Return a range in milliseconds, without unit: 398 to 412."""
    return f"{milliseconds(low_s)} to {milliseconds(high_s)}"


def milliseconds(value_s: float | None) -> str:
    """Return a duration in milliseconds, without unit."""
    return NONE if value_s is None else digits(value_s * 1000)


def percent(share: float | None) -> str:
    """Return a share as per cent, without sign of its own unless negative: 8.1 %."""
    return NONE if share is None else f"{digits(share * 100)} %"


def percent_change(change: float | None) -> str:
    """Return a relative change with its sign: −64.3 %."""
    return NONE if change is None else f"{_one_decimal(change * 100, signed=True)} %"


def percent_less(change: float) -> str:
    """Return a relative change in words: 64.3 % less, 2.1 % more, no change."""
    size = _one_decimal(abs(change) * 100)
    if float(size.replace(",", "")) == 0:
        return "no change"
    return f"{size} % {'less' if change < 0 else 'more'}"


def percent_range(interval: Interval | None, *, signed: bool = True) -> str:
    """Return an interval of a relative change in per cent: −64.9 to −63.6 %, or 63.6–64.9 %."""
    if interval is None:
        return NONE
    low, high = interval.low * 100, interval.high * 100
    if max(abs(low), abs(high)) < 0.05:
        return "within ±0.1 %"
    if signed:
        return f"{_one_decimal(low, signed=True)} to {_one_decimal(high, signed=True)} %"
    small, large = sorted((abs(low), abs(high)))
    if low < 0 < high:
        return percent_range(interval)
    return f"{_one_decimal(small)}–{_one_decimal(large)} %"


def count(value: int | None) -> str:
    """Return a count, exact, with commas between thousands."""
    return NONE if value is None else f"{value:,}"


def megabytes(value_bytes: int | None) -> str:
    """Return a size in megabytes (10⁶ bytes), without unit."""
    return NONE if value_bytes is None else digits(value_bytes / 1e6)


def day(created_utc: str) -> str:
    """Return the day of an ISO 8601 time as people write it: 23 Nov 2026."""
    try:
        moment = datetime.fromisoformat(created_utc)
    except ValueError:
        return created_utc
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def _round(value: float) -> str:
    if value == 0:
        return "0"
    # Rounded once, to what is shown: rounding twice could miss the nearest (0.001953 → 0.0019).
    places = min(_MOST_DIGITS - 1 - floor(log10(value)), _MOST_PLACES)
    # Rounding may carry into a new digit (9.996 → 10.0), which takes one place.
    rounded = round(value, places)
    if rounded and floor(log10(rounded)) > floor(log10(value)):
        places -= 1
    return f"{rounded:,.{max(places, 0)}f}"


def _one_decimal(value: float, *, signed: bool = False) -> str:
    size = abs(value)
    text = f"{size:,.1f}" if size < 100 else f"{size:,.0f}"
    if float(text.replace(",", "")) == 0:
        return "0"
    sign = _MINUS if value < 0 else "+" if signed else ""
    return sign + text
