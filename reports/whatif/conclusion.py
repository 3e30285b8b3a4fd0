"""The conclusions that a comparison draws, as quantities with limits, to be held against ranges."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from harness.rundata.whatif import Figures, KnobKind, SweepRecord, WhatIfRecord
from harness.stats.sensitivity import Robustness, examine_conclusion
from reports.units import digits, percent, percent_change
from reports.whatif.payoff import hero_of

__all__ = ["Conclusion", "Trial", "conclusions_of", "try_conclusion"]

_GUIDE_LIMIT_S = 3.0
"""The guide: make-payment "should be under 3 seconds", and a payment takes 2-3 seconds."""

_BEFORE_S = 7.0
_LEAST_SAVED = 0.6
"""The guide claims 70 %; between its own ends (7-8 s to 2-3 s) lie 57 to 75 %."""

_LEAST_FLOOR = 0.8
_LEAST_BKASH = 0.5
_NO_SLOWER = 0.001
"""Two variants within a thousandth count as equally fast."""

_By = Mapping[str, Figures]
Quantity = Callable[[_By], float | None]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Hold one conclusion.

    Attributes:
        sentence: what is concluded.
        short: head of a column.
        quantity: what decides, of the figures by variant; None where it does not exist.
        limit: on whose side it must lie.
        at_most: whether it must not exceed the limit.
        show: the quantity as text.
    """

    sentence: str
    short: str
    quantity: Quantity
    limit: float
    at_most: bool
    show: Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Trial:
    """Hold a conclusion against one assumption's range."""

    sweep: SweepRecord
    robustness: Robustness


def conclusions_of(record: WhatIfRecord) -> list[Conclusion]:
    """Return what can be concluded from the variants that took part."""
    return list(_conclusions(record))


def try_conclusion(
    record: WhatIfRecord, conclusion: Conclusion
) -> tuple[float | None, list[Trial]]:
    """Return the quantity as the profile has it, and the conclusion over every range.

    Settings are left out: they are choices and no assumptions. The traffic and the distance are
    both, and stay.
    """
    trials = []
    for sweep in record.sweeps:
        if sweep.kind is KnobKind.SETTING and sweep.name not in ("rate", "round_trip"):
            continue
        pairs = [(point.value, conclusion.quantity(point.figures)) for point in sweep.points]
        known = [(value, quantity) for value, quantity in pairs if quantity is not None]
        if known:
            values, quantities = zip(*known, strict=True)
            found = examine_conclusion(
                values, quantities, limit=conclusion.limit, at_most=conclusion.at_most
            )
            trials.append(Trial(sweep, found))
    return conclusion.quantity(record.base), trials


def _conclusions(record: WhatIfRecord) -> Iterator[Conclusion]:
    names = [variant.name for variant in record.variants]
    first, hero = names[0], hero_of(record)
    if first != hero:
        yield Conclusion(
            f"{hero} takes at least {_whole(_LEAST_SAVED)} less time than {first}",
            "saving",
            lambda by: _saved(by, first, hero),
            _LEAST_SAVED,
            False,
            percent,
        )
        if first == "sequential":
            yield _time_conclusion(first, _BEFORE_S, at_most=False)
    yield _time_conclusion(hero, _GUIDE_LIMIT_S, at_most=True)
    yield Conclusion(
        f"make-payment of {hero} answers 95 of 100 shoppers within {_GUIDE_LIMIT_S:g} s",
        "make-payment p95",
        lambda by: by[hero].make_payment_p95_s,
        _GUIDE_LIMIT_S,
        True,
        _seconds,
    )
    yield Conclusion(
        f"more than half of {hero} is bKash’s create and execute",
        "bKash’s share",
        lambda by: _ratio(by[hero].bkash_p50_s, by[hero].p50_s),
        _LEAST_BKASH,
        False,
        percent,
    )
    fastest = min(names, key=lambda name: record.base[name].p50_s or float("inf"))
    yield Conclusion(
        f"at least {_whole(_LEAST_FLOOR)} of {fastest} is floor, which no shop can avoid",
        "floor’s share",
        lambda by: _ratio(by[fastest].floor_p50_s, by[fastest].p50_s),
        _LEAST_FLOOR,
        False,
        percent,
    )
    for before, after in pairwise(names):
        yield _order(before, after)
    yield Conclusion(
        f"{hero} keeps within {record.limit_per_hour} token calls an hour",
        "token calls",
        lambda by: float(by[hero].worst_hour),
        record.limit_per_hour,
        True,
        lambda calls: f"{calls:.0f}",
    )


def _time_conclusion(variant: str, limit_s: float, *, at_most: bool) -> Conclusion:
    side = "less" if at_most else "more"
    return Conclusion(
        f"a payment of {variant} takes {side} than {limit_s:g} s",
        f"{variant} {'<' if at_most else '>'} {limit_s:g} s",
        lambda by: by[variant].p50_s,
        limit_s,
        at_most,
        _seconds,
    )


def _order(before: str, after: str) -> Conclusion:
    return Conclusion(
        f"{after} is no slower than {before}",
        f"{after} ≤ {before}",
        lambda by: _slower(by, before, after),
        _NO_SLOWER,
        True,
        percent_change,
    )


def _saved(by: _By, before: str, after: str) -> float | None:
    ratio = _ratio(by[after].p50_s, by[before].p50_s)
    return None if ratio is None else 1 - ratio


def _slower(by: _By, before: str, after: str) -> float | None:
    ratio = _ratio(by[after].p50_s, by[before].p50_s)
    return None if ratio is None else ratio - 1


def _ratio(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


def _seconds(value_s: float) -> str:
    return f"{digits(value_s)} s"


def _whole(share: float) -> str:
    return f"{share * 100:.0f} %"
