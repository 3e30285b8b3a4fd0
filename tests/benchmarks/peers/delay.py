"""How exactly a server waits: 100 ms, with so many requests in flight all the time.

A closed loop: on each connection the next request follows at once on the answer, so that 1,000 in
flight are up to 10,000 requests a second. What the server cannot keep up with is charged to it.
"""

import math
import statistics
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from asked import DELAY_S, MEAN_MS, MEDIAN_MS, P99_MS, SIGMA
from job import Steady
from scipy import stats
from server import RIGHT, CallError, Contender, Kind, Server, call
from size import Size

from harness.clock import NS_PER_MS

__all__ = ["IN_FLIGHT", "DelayFigure", "Waits", "measure_delays"]

IN_FLIGHT = (1, 100, 300, 1000)
WARM_S = 0.3
"""Three answers per connection."""

FEW = 200
"""Answers below which a quantile of 0.99 or a distribution is not worth telling."""


@dataclass(frozen=True)
class DelayFigure:
    """Hold how a delay was kept.

    Attributes:
        answers: how many were timed.
        rate_per_s: answers a second.
        mean_error_ms: mean time less the mean that was asked for.
        p99_error: by how much the 0.99 quantile is beyond what was asked for, as a share of it.
        distance: Kolmogorov-Smirnov distance to what was asked for; of a lognormal only.
        spread_ms: between the mean errors of the rounds.
    """

    answers: int
    rate_per_s: float
    mean_error_ms: float
    p99_error: float | None
    distance: float | None
    spread_ms: float


@dataclass
class Waits:
    """Gather the times of one server with so many requests in flight."""

    kind: Kind
    rounds: list["array[int]"] = field(default_factory=list)
    rates_per_s: list[float] = field(default_factory=list)
    failure: str = ""

    def figure(self) -> DelayFigure:
        """Return what the times say, all rounds together."""
        rounds_ms = [[ns / NS_PER_MS for ns in times] for times in self.rounds if times]
        times_ms = sorted(ms for times in rounds_ms for ms in times)
        lognormal = self.kind is Kind.LOGNORMAL
        asked_ms = MEAN_MS if lognormal else DELAY_S * 1000
        means = [statistics.fmean(times) - asked_ms for times in rounds_ms]
        p99_ms = P99_MS if lognormal else DELAY_S * 1000
        many = len(times_ms) >= FEW
        asked = stats.lognorm(s=SIGMA, scale=MEDIAN_MS)
        return DelayFigure(
            answers=len(times_ms),
            rate_per_s=statistics.fmean(self.rates_per_s),
            mean_error_ms=statistics.fmean(times_ms) - asked_ms,
            p99_error=times_ms[math.ceil(len(times_ms) * 0.99) - 1] / p99_ms - 1 if many else None,
            distance=float(stats.kstest(times_ms, asked.cdf).statistic)
            if lognormal and many
            else None,
            spread_ms=max(means) - min(means),
        )


def measure_delays(
    running: Sequence[tuple[Contender, Server]],
    size: Size,
    gathered: dict[tuple[str, Kind, int], Waits],
) -> None:
    """Measure all servers in turns: a noisy second hits one round of one of them."""
    for kind in (Kind.CONSTANT, Kind.LOGNORMAL):
        for in_flight in IN_FLIGHT:
            asked = [(c, s, c.requests(s, kind, in_flight)) for c, s in running]
            for _ in range(size.delay_rounds):
                for contender, server, requests in asked:
                    if requests:
                        waits = gathered.setdefault((contender.name, kind, in_flight), Waits(kind))
                        _one_round(waits, server, requests, size.delay_s)


def _one_round(waits: Waits, server: Server, requests: list[bytes], duration_s: float) -> None:
    job = Steady(
        server.address,
        requests=requests,
        right=RIGHT,
        duration_s=duration_s,
        warm_s=WARM_S,
        spread_s=DELAY_S,
    )
    try:
        outcome = call(job)
    except CallError as error:
        waits.failure = str(error)
        return
    if outcome.wrong:
        waits.failure = f"{outcome.wrong} wrong answers"
    times = array("q")
    times.frombytes(outcome.times_ns)
    waits.rounds.append(times)
    waits.rates_per_s.append(outcome.answers / outcome.duration_s)
