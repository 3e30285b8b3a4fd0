"""When shoppers arrive: an open model, so nobody waits for an answer to arrive.

A pacer is a pure function of its arguments. Times are whole microseconds of modelled time, computed
in integers from keyed draws, so that they are the same on every machine.

`poisson` places a fixed number of arrivals uniformly and independently over the time: a Poisson
process given its count (Ross, Stochastic Processes, 2nd ed., theorem 2.3.1). Gaps are as irregular
as real shoppers' are, and still a run has exactly rate × duration arrivals, whatever its seed.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from itertools import count

__all__ = [
    "Arrival",
    "Burst",
    "Pacing",
    "arrivals_forever",
    "number_arrivals",
    "plan_arrivals",
    "plan_burst",
    "spread_hours",
]

_US_PER_S = 1_000_000
_NS_PER_US = 1_000

_US_PER_HOUR = 3600 * _US_PER_S
HOURS_PER_DAY = 24

WINDOW_S = 60.0
"""Length of the stretches in which an endless schedule is drawn; each has its exact share."""


class Pacing(StrEnum):
    """Choose how arrivals are spread."""

    POISSON = "poisson"
    PACED = "paced"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One shopper's arrival.

    Attributes:
        number: from 0.
        due_ns: modelled ns since the run's start.
        warmup: True where it lies in the warm-up.
    """

    number: int
    due_ns: int
    warmup: bool


@dataclass(frozen=True, slots=True)
class Burst:
    """Many shoppers in a short time: an admission that opens.

    Attributes:
        shoppers: how many, at least 1.
        at_s: when the first may come, modelled seconds since the run's start.
        length_s: within which all of them come, above 0.

    Raises:
        ValueError: a value outside its range; the message begins with the attribute's name.
    """

    shoppers: int
    at_s: float
    length_s: float

    def __post_init__(self) -> None:
        """Refuse what is no burst."""
        if self.shoppers < 1:
            raise ValueError(f"shoppers: must be 1 or more, got {self.shoppers}")
        if not 0 <= self.at_s < math.inf:
            raise ValueError(f"at_s: must be a finite number, 0 or more, got {self.at_s:g}")
        if not 0 < self.length_s < math.inf:
            raise ValueError(f"length_s: must be a finite number above 0, got {self.length_s:g}")


def plan_arrivals(
    pacing: Pacing, *, rate_per_s: float, warmup_s: float, duration_s: float, seed: int
) -> list[Arrival]:
    """Return all arrivals of a run, ascending; warm-up and duration each have their exact share."""
    warmup_us = round(warmup_s * _US_PER_S)
    early = _spread(pacing, 0, warmup_us, round(rate_per_s * warmup_s), f"{seed}/warmup")
    late = _spread(
        pacing,
        warmup_us,
        round(duration_s * _US_PER_S),
        round(rate_per_s * duration_s),
        f"{seed}/run",
    )
    flagged = [(due_us, True) for due_us in early] + [(due_us, False) for due_us in late]
    return [
        Arrival(number=number, due_ns=due_us * _NS_PER_US, warmup=warmup)
        for number, (due_us, warmup) in enumerate(flagged)
    ]


def arrivals_forever(pacing: Pacing, *, rate_per_s: float, seed: int) -> Iterator[Arrival]:
    """Yield arrivals without end, ascending, window after window.

    Raises:
        ValueError: the rate is not above 0.
    """
    if rate_per_s <= 0:
        raise ValueError(f"arrival rate {rate_per_s!r} per second must be above 0")
    # A window must hold several arrivals, or slow schedules would be more regular than they claim.
    window_s = max(WINDOW_S, 100 / rate_per_s)
    window_us = round(window_s * _US_PER_S)
    number = 0
    for window in count():
        share = round(rate_per_s * window_s * (window + 1)) - round(rate_per_s * window_s * window)
        for due_us in _spread(pacing, window * window_us, window_us, share, f"{seed}/{window}"):
            yield Arrival(number=number, due_ns=due_us * _NS_PER_US, warmup=False)
            number += 1


def plan_burst(burst: Burst, pacing: Pacing, *, seed: int) -> list[int]:
    """Return the modelled instants of a burst, whole microseconds, ascending."""
    start_us = round(burst.at_s * _US_PER_S)
    length_us = round(burst.length_s * _US_PER_S)
    # The instant is part of the key, so that two bursts of one run are not copies of each other.
    return _spread(pacing, start_us, length_us, burst.shoppers, f"{seed}/burst/{start_us}")


def spread_hours(
    rates_per_hour: tuple[float, ...], pacing: Pacing, *, seed: int
) -> Iterator[list[int]]:
    """Yield the modelled instants of each hour, day after day without end, ascending.

    Args:
        rates_per_hour: arrivals in each hour of the day, 24 of them, each 0 or more. Fractions are
            not lost: over the days each hour has its share.
        pacing: how arrivals lie within an hour.
        seed: of the draws.

    Raises:
        ValueError: there are not 24 rates, one is negative or not finite, or all are 0.
    """
    _check_hours(rates_per_hour)
    owed = 0.0
    for hour in count():
        owed += rates_per_hour[hour % HOURS_PER_DAY]
        total = math.floor(owed + 0.5)
        owed -= total
        yield _spread(pacing, hour * _US_PER_HOUR, _US_PER_HOUR, total, f"{seed}/hour/{hour}")


def number_arrivals(instants_us: Iterable[int], *, warmup_s: float) -> Iterator[Arrival]:
    """Yield arrivals for ascending modelled instants; those before `warmup_s` are its."""
    warmup_us = round(warmup_s * _US_PER_S)
    for number, due_us in enumerate(instants_us):
        yield Arrival(number=number, due_ns=due_us * _NS_PER_US, warmup=due_us < warmup_us)


def _check_hours(rates_per_hour: tuple[float, ...]) -> None:
    if len(rates_per_hour) != HOURS_PER_DAY:
        raise ValueError(f"a day has {HOURS_PER_DAY} hours, got {len(rates_per_hour)} rates")
    for hour, rate in enumerate(rates_per_hour):
        if not 0 <= rate < math.inf:
            raise ValueError(f"hour {hour}: {rate:g} is not a number of arrivals, 0 or more")
    if not any(rates_per_hour):
        raise ValueError("nobody arrives in any hour; one of the rates must be above 0")


def _spread(pacing: Pacing, start_us: int, length_us: int, total: int, key: str) -> list[int]:
    if pacing is Pacing.PACED:
        return [start_us + index * length_us // total for index in range(total)]
    return sorted(start_us + _draw(length_us, f"{key}/{index}") for index in range(total))


def _draw(below: int, key: str) -> int:
    """Return a whole number in [0, below) that depends on the key alone."""
    digest = blake2b(f"arrival/{key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") * below >> 64
