"""A scenario on the virtual clock: who arrives when, how far away everything is, what it runs on.

All durations are modelled seconds, which on this clock are simply seconds.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from heapq import merge
from itertools import islice, takewhile
from typing import Any, Protocol

from harness.client import AS_IN_THE_GUIDE, Tuning
from harness.errors import ConfigurationError
from harness.load import (
    Arrival,
    Burst,
    DayProfile,
    Pacing,
    arrivals_forever,
    number_arrivals,
    plan_arrivals,
    plan_burst,
    spread_hours,
)
from harness.load.shopper import COURSES, USERS
from harness.simulation.link import Link
from harness.simulation.pool import PoolLimits
from harness.simulation.site import ServiceTime
from mock_bkash.latency import Profile

__all__ = [
    "DAY_S",
    "MAX_PAYMENTS",
    "Arrivals",
    "CronSchedule",
    "Fleet",
    "NetworkModel",
    "VirtualScenario",
]

DAY_S = 86_400.0
MAX_PAYMENTS = USERS * COURSES
"""A shopper buys a course once, so a run ends when all pairs have been sold."""

_NS_PER_US = 1_000
_NS_PER_S = 1_000_000_000


class CronSchedule(Protocol):
    """Say when a cron job runs."""

    def fires_s(self, until_s: float) -> Iterable[float]:
        """Return the instants in [0, until_s), ascending, seconds since the run's start.

        A run starts on the full hour.
        """


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Say who arrives when.

    Attributes:
        rate_per_s: steady arrivals per second; ignored where there is a day.
        pacing: how they lie.
        bursts: that come on top.
        day: arrivals by the hour instead of a steady rate; the run starts at its midnight.
    """

    rate_per_s: float = 0.0
    pacing: Pacing = Pacing.POISSON
    bursts: tuple[Burst, ...] = ()
    day: DayProfile | None = None

    def __post_init__(self) -> None:
        """Refuse who never comes."""
        if not 0 <= self.rate_per_s < math.inf:
            raise ValueError(
                f"rate_per_s: must be a finite number, 0 or more, got {self.rate_per_s:g}"
            )
        if self.rate_per_s == 0 and self.day is None and not self.bursts:
            raise ValueError("rate_per_s: nobody arrives; give a rate, a day or a burst")

    def instants_us(self, *, seed: int, warmup_s: float, duration_s: float) -> Iterator[int]:
        """Yield the arrivals of a run of known length, microseconds, ascending."""
        end_us = round((warmup_s + duration_s) * 1e6)
        if self.day is None:
            # The same function as in real runs: equal options mean equal arrivals on both clocks.
            planned = plan_arrivals(
                self.pacing,
                rate_per_s=self.rate_per_s,
                warmup_s=warmup_s,
                duration_s=duration_s,
                seed=seed,
            )
            steady: Iterator[int] = (arrival.due_ns // _NS_PER_US for arrival in planned)
        else:
            steady = takewhile(lambda due_us: due_us < end_us, self._hours(self.day, seed))
        yield from takewhile(lambda due_us: due_us < end_us, merge(steady, *self._bursts(seed)))

    def instants_forever_us(self, *, seed: int) -> Iterator[int]:
        """Yield arrivals without end, unless nobody comes but in bursts."""
        steady: Iterator[int] = iter(())
        if self.day is not None:
            steady = self._hours(self.day, seed)
        elif self.rate_per_s > 0:
            endless = arrivals_forever(self.pacing, rate_per_s=self.rate_per_s, seed=seed)
            steady = (arrival.due_ns // _NS_PER_US for arrival in endless)
        return merge(steady, *self._bursts(seed))

    def _hours(self, day: DayProfile, seed: int) -> Iterator[int]:
        for instants in spread_hours(day.rates_per_hour, self.pacing, seed=seed):
            yield from instants

    def _bursts(self, seed: int) -> list[list[int]]:
        return [plan_burst(burst, self.pacing, seed=seed) for burst in self.bursts]


@dataclass(frozen=True, slots=True)
class NetworkModel:
    """Say how far everything is from everything, and how many may be on the way at once.

    Attributes:
        gateway: between merchant and bKash.
        shopper: between shopper and both.
        gateway_pool: the merchant's connections to bKash.
        database_connections: the merchant's to its database; None: always one is free. How far
            away it is, the profile says by operation.
    """

    gateway: Link = field(default_factory=Link)
    shopper: Link = field(default_factory=Link)
    gateway_pool: PoolLimits = field(default_factory=PoolLimits)
    database_connections: int | None = None

    def __post_init__(self) -> None:
        """Refuse a pool without a connection."""
        if self.database_connections is not None and self.database_connections < 1:
            raise ValueError(
                f"database_connections: must be 1 or more, got {self.database_connections}"
            )

    @classmethod
    def of(cls, profile: Profile, **others: Any) -> "NetworkModel":
        """Return the network that a profile asks for; `others` are attributes of this class."""
        return cls(
            gateway=Link(round_trip_s=profile.network.gateway_round_trip_s),
            shopper=Link(round_trip_s=profile.network.shopper_round_trip_s),
            **others,
        )


@dataclass(frozen=True, slots=True)
class Fleet:
    """Say on how many processes the shop runs; each has a memory of its own.

    Attributes:
        instances: processes behind one balancer, which sends each request to the next.
        lifetime_s: after which an instance is replaced by a fresh one, as serverless platforms do;
            None: never. Instances are replaced one after the other, evenly over that time.
    """

    instances: int = 1
    lifetime_s: float | None = None

    def __post_init__(self) -> None:
        """Refuse a shop without a process."""
        if self.instances < 1:
            raise ValueError(f"instances: must be 1 or more, got {self.instances}")
        if self.lifetime_s is not None and not 1 <= self.lifetime_s < math.inf:
            raise ValueError(f"lifetime_s: must be 1 s or more, got {self.lifetime_s:g}")


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualScenario:
    """Describe a run on the virtual clock; all variants of a comparison share one.

    Attributes:
        profile: how slow bKash and the database are.
        seed: of every draw.
        arrivals: who comes when.
        payments: end after so many shoppers, warm-up not counted; None: `duration_s` ends it.
        duration_s: length of the arrivals after the warm-up; None: `payments` ends it. With both,
            whichever comes first.
        warmup_s: length of the warm-up before; its arrivals are flagged.
        token_lifetime_s: life of a gateway token; bKash's is 3600.
        land_think_s: pause between the landed page and paying.
        approve_think_s: pause of the shopper at bKash.
        network: distances, pools, losses.
        fleet: processes of the shop.
        cron: when the shop's cron job asks it to refresh the token; None: there is none.
        service: model of the merchant's processor, per instance; None: infinitely fast.
        request_timeout_s: longest wait of a shopper's browser for one answer.
        tuning: the numbers behind the shop's optimizations.

    Raises:
        ValueError: a value outside its range; the message begins with the attribute's name.
    """

    profile: Profile
    arrivals: Arrivals
    seed: int = 1
    payments: int | None = None
    duration_s: float | None = None
    warmup_s: float = 0.0
    token_lifetime_s: float = 3600.0
    land_think_s: float = 3.0
    approve_think_s: float = 1.0
    network: NetworkModel = field(default_factory=NetworkModel)
    fleet: Fleet = field(default_factory=Fleet)
    cron: CronSchedule | None = None
    service: ServiceTime | None = None
    request_timeout_s: float = 60.0
    tuning: Tuning = AS_IN_THE_GUIDE

    def __post_init__(self) -> None:
        """Refuse what cannot be run."""
        if self.payments is None and self.duration_s is None:
            raise ValueError("payments: the run has no end; give payments or duration_s")
        if self.payments is not None and self.payments < 1:
            raise ValueError(f"payments: must be 1 or more, got {self.payments}")
        above_zero = ("token_lifetime_s", "request_timeout_s", "duration_s")
        for name in (*above_zero, "warmup_s", "land_think_s", "approve_think_s"):
            value: float | None = getattr(self, name)
            if value is None:
                continue
            if not 0 <= value < math.inf or (value == 0 and name in above_zero):
                floor = "above 0" if name in above_zero else "0 or more"
                raise ValueError(f"{name}: must be a finite number, {floor}, got {value:g}")

    def plan(self) -> list[Arrival]:
        """Return the arrivals, ascending.

        Raises:
            ConfigurationError: nobody comes after the warm-up, or more than can be told apart.
        """
        arrivals = list(islice(self._arrivals(), MAX_PAYMENTS + 1))
        if len(arrivals) > MAX_PAYMENTS:
            raise ConfigurationError(
                f"more than {MAX_PAYMENTS} shoppers arrive, and there are only so many pairs of"
                " user and course; lower --rate, --duration or --payments"
            )
        if not arrivals or arrivals[-1].warmup:
            raise ConfigurationError(
                "no shopper arrives after the warm-up; raise --rate, --duration or --payments"
            )
        return arrivals

    def length_s(self, arrivals: list[Arrival]) -> float:
        """Return how long the measured ones of `plan()` take, seconds."""
        if self.duration_s is not None and self.payments is None:
            return self.duration_s
        return max(arrivals[-1].due_ns / _NS_PER_S - self.warmup_s, 1e-6)

    def to_dict(self) -> dict[str, Any]:
        """Return what numbers depend on beside profile, seed and times, for manifests."""
        return {
            "arrivals": asdict(self.arrivals),
            "payments": self.payments,
            "network": asdict(self.network),
            "fleet": asdict(self.fleet),
            "cron": None if self.cron is None else str(self.cron),
            "service": None if self.service is None else asdict(self.service),
            "request_timeout_s": self.request_timeout_s,
            "tuning": asdict(self.tuning),
        }

    def _arrivals(self) -> Iterator[Arrival]:
        if self.duration_s is None:
            instants = self.arrivals.instants_forever_us(seed=self.seed)
        else:
            instants = self.arrivals.instants_us(
                seed=self.seed, warmup_s=self.warmup_s, duration_s=self.duration_s
            )
        measured = 0
        for arrival in number_arrivals(instants, warmup_s=self.warmup_s):
            measured += not arrival.warmup
            if self.payments is not None and measured > self.payments:
                return
            yield arrival
