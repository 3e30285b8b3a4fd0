"""Words for knobs and their values, the same on the page and on the terminal."""

from harness.rundata.whatif import KnobKind, SweepRecord
from reports.units import plain

__all__ = ["axis_words", "knob_words", "sweep_range", "value_words"]

_SETTINGS = {
    "timeout": "the timeout of payment calls",
    "refresh_interval": "the token’s age at which the background refresher renews it",
    "buffer": "the time before its end at which a token counts as stale",
    "rate": "the traffic",
    "round_trip": "the round trip to bKash",
    "everything": "everything at once",
    "tail": "the share of slow gateway calls",
    "spread": "p95 over median of every operation",
}

_AXES = {
    "timeout": "timeout, seconds",
    "refresh_interval": "renewed at the age of, seconds",
    "buffer": "stale before its end by, seconds",
    "rate": "shoppers an hour",
    "round_trip": "round trip to bKash, seconds",
    "tail": "share of slow gateway calls",
    "spread": "p95 over median",
}


def knob_words(sweep: SweepRecord) -> str:
    """Return what is changed, as a part of a sentence."""
    return sweep.name if sweep.kind is KnobKind.STAGE else _SETTINGS.get(sweep.name, sweep.name)


def axis_words(sweep: SweepRecord) -> str:
    """Return what stands below the axis of its values."""
    return _AXES.get(sweep.name, f"{sweep.name}, times as slow")


def value_words(value: float, unit: str) -> str:
    """Return a value with its unit: ×0.5, 10 s, 60/h, 5 %."""
    if unit == "times":
        return f"×{plain(value)}"
    if unit == "per_hour":
        return f"{plain(value)}/h"
    if unit == "share":
        return f"{plain(value * 100)} %"
    return f"{plain(value)} s"


def sweep_range(sweep: SweepRecord) -> str:
    """Return the range that was looked at: ×0.25 to ×2."""
    low, high = sweep.points[0].value, sweep.points[-1].value
    return f"{value_words(low, sweep.unit)} to {value_words(high, sweep.unit)}"
