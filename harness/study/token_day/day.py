"""One simulated day: under one schedule, one traffic, one fleet, with at most one disturbance."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import takewhile

import numpy as np

from harness.clock import NS_PER_S
from harness.load.cron import CronLine
from harness.merchant import Variant
from harness.rundata.token_day import DayRecord, Disturbance, FleetRecord
from harness.simulation import (
    Arrivals,
    Fleet,
    NetworkModel,
    PaymentTally,
    SimulationOutcome,
    Tally,
    VirtualScenario,
)
from harness.stages import Stage
from harness.stats import TOKEN_WAIT_STAGES
from harness.study.cell import observe
from harness.study.token_day.schedule import Schedule
from mock_bkash.latency import Profile

__all__ = ["DayResult", "DayTask", "simulate_day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTask:
    """Ask for one day.

    Attributes:
        variant: as its user names it, before the schedule.
        schedule: what keeps the token fresh.
        rate_per_s: of arrivals.
        fleet: processes of the shop.
        disturbance: what happens once.
        disturbed_at_s: when; None where nothing does.
        profile: of the latencies.
        duration_s: length of the day.
        token_lifetime_s: life of a token.
        seed: of every draw.
    """

    variant: Variant
    schedule: Schedule
    rate_per_s: float
    fleet: Fleet
    profile: Profile
    duration_s: float
    token_lifetime_s: float
    seed: int
    disturbance: Disturbance = Disturbance.NOTHING
    disturbed_at_s: float | None = None


@dataclass(frozen=True, slots=True)
class DayResult:
    """Hold a simulated day, and what a reader of its numbers has to know."""

    day: DayRecord
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Calls:
    """Call as cron does, and once more."""

    line: CronLine | None
    extra_s: float

    def fires_s(self, until_s: float) -> Iterator[float]:
        regular = iter(()) if self.line is None else self.line.fires_s(until_s)
        return takewhile(lambda at_s: at_s < until_s, merge(regular, (self.extra_s,)))

    def __str__(self) -> str:
        return f"{self.line or 'none'} and at {self.extra_s:g} s"


def simulate_day(task: DayTask, report: Callable[[float], None]) -> DayResult:
    """Simulate a day and keep what it says about tokens.

    Args:
        task: which.
        report: told the share done, in [0, 1].

    Raises:
        HarnessError: it cannot be simulated.
    """
    scenario = _scenario(task)
    tally = PaymentTally()
    outcome = observe(scenario, task.schedule.variant(task.variant), tally, report)
    return DayResult(_record(task, scenario, outcome, tally.freeze()), outcome.notes)


def _scenario(task: DayTask) -> VirtualScenario:
    at_s, fleet = task.disturbed_at_s, task.fleet
    cron: CronLine | _Calls | None = task.schedule.line
    if task.disturbance is Disturbance.EXTRA_CALL:
        assert at_s is not None, "an extra call comes at some time"
        cron = _Calls(task.schedule.line, at_s)
    if task.disturbance is Disturbance.RESTART:
        # A life of more than half the day ends once in it: that is one restart.
        fleet = Fleet(instances=1, lifetime_s=at_s)
    return VirtualScenario(
        profile=task.profile,
        seed=task.seed,
        arrivals=Arrivals(rate_per_s=task.rate_per_s),
        duration_s=task.duration_s,
        token_lifetime_s=task.token_lifetime_s,
        network=NetworkModel.of(task.profile),
        fleet=fleet,
        cron=cron,
    )


def _record(
    task: DayTask, scenario: VirtualScenario, outcome: SimulationOutcome, tally: Tally
) -> DayRecord:
    waited_ns = sum(
        (tally.stage_ns[stage] for stage in TOKEN_WAIT_STAGES if stage in tally.stage_ns),
        np.zeros(tally.arrivals.size, dtype=np.int64),
    )
    due_s = np.array([arrival.due_ns for arrival in scenario.plan()]) / NS_PER_S
    waited = waited_ns > 0
    calls_s = outcome.token_calls_s
    return DayRecord(
        variant=task.variant.name,
        schedule=task.schedule.name,
        rate_per_hour=task.rate_per_s * 3600,
        fleet=FleetRecord(task.fleet.instances, task.fleet.lifetime_s),
        disturbance=task.disturbance,
        disturbed_at_s=task.disturbed_at_s,
        grants_s=_rounded(calls_s.get(Stage.TOKEN_GRANT, ())),
        refreshes_s=_rounded(calls_s.get(Stage.TOKEN_REFRESH, ())),
        payments=outcome.payments,
        failed=outcome.failed,
        waited_at_s=_rounded(due_s[waited]),
        waited_s=_rounded(waited_ns[waited] / NS_PER_S),
        audit_ok=outcome.ok,
        digest=outcome.digest,
    )


def _rounded(values: "np.typing.ArrayLike") -> tuple[float, ...]:
    # Microseconds are what draws are made of; more digits would only make the file longer.
    return tuple(round(float(value), 6) for value in np.asarray(values))
