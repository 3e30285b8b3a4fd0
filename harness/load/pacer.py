"""When shoppers arrive: an open model, so nobody waits for an answer to arrive.

A pacer is a pure function of its arguments. Times are whole microseconds of modelled time, computed
in integers from keyed draws, so that they are the same on every machine.

`poisson` places a fixed number of arrivals uniformly and independently over the time: a Poisson
process given its count (Ross, Stochastic Processes, 2nd ed., theorem 2.3.1). Gaps are as irregular
as real shoppers' are, and still a run has exactly rate × duration arrivals, whatever its seed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from itertools import count

__all__ = ["Arrival", "Pacing", "arrivals_forever", "plan_arrivals"]

_US_PER_S = 1_000_000
_NS_PER_US = 1_000

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


def _spread(pacing: Pacing, start_us: int, length_us: int, total: int, key: str) -> list[int]:
    if pacing is Pacing.PACED:
        return [start_us + index * length_us // total for index in range(total)]
    return sorted(start_us + _draw(length_us, f"{key}/{index}") for index in range(total))


def _draw(below: int, key: str) -> int:
    """Return a whole number in [0, below) that depends on the key alone."""
    digest = blake2b(f"arrival/{key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") * below >> 64
