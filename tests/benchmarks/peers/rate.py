"""How many requests a second a server answers, on one core, to as many connections as suit it."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from job import Outcome, Steady
from machine import cpu_s
from ours import Mock
from server import RIGHT, Contender, Kind, Server, call
from size import Size

__all__ = ["CONNECTIONS", "Rates", "measure_executes", "measure_static", "warm_up"]

CONNECTIONS = 32


@dataclass
class Rates:
    """Gather the rates of one server.

    Attributes:
        rates_per_s: of each round, by the wall.
        cpu_s: processor time of the server per request, of each round.
        caller_share: share of a core that the load generator used, of each round.
    """

    rates_per_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    caller_share: list[float] = field(default_factory=list)

    def add(self, outcome: Outcome, *, used_s: float) -> None:
        """Take in a round."""
        self.rates_per_s.append(outcome.answers / outcome.duration_s)
        self.cpu_s.append(used_s / outcome.answers)
        self.caller_share.append(outcome.own_cpu_s / outcome.duration_s)

    def join(self, others: "Rates") -> None:
        """Take in the rounds of others."""
        self.rates_per_s += others.rates_per_s
        self.cpu_s += others.cpu_s
        self.caller_share += others.caller_share

    @property
    def median_per_s(self) -> float:
        return statistics.median(self.rates_per_s)

    @property
    def best_per_s(self) -> float:
        return max(self.rates_per_s)

    @property
    def cost_us(self) -> float:
        """Return the processor time of a request in microseconds, the median of the rounds."""
        return statistics.median(self.cpu_s) * 1e6


def warm_up(running: Sequence[tuple[Contender, Server]], duration_s: float) -> None:
    """Drive each server for a while: Java compiles what it finds to be used often."""
    for contender, server in running:
        for kind in Kind:
            requests = contender.requests(server, kind, CONNECTIONS)
            if requests:
                # Most of the time for what can be driven hard.
                share = 1.0 if kind is Kind.STATIC else 0.2
                call(Steady(server.address, requests, RIGHT, duration_s=duration_s * share))


def measure_static(
    running: Sequence[tuple[Contender, Server]], rates: dict[str, Rates], duration_s: float
) -> None:
    """Add a round of answers at once to each server's rates."""
    for contender, server in running:
        requests = contender.requests(server, Kind.STATIC, CONNECTIONS)
        if requests:
            before_s = cpu_s(server.process)
            outcome = call(Steady(server.address, requests, RIGHT, duration_s=duration_s))
            gathered = rates.setdefault(contender.name, Rates())
            gathered.add(outcome, used_s=cpu_s(server.process) - before_s)


def measure_executes(mock: Mock, server: Server, rates: dict[str, Rates], size: Size) -> None:
    """Add a round of creates and one of executes to the mock's rates."""
    before_s = cpu_s(server.process)
    created = mock.timed_create(server, size.executes)
    between_s = cpu_s(server.process)
    executed = mock.execute(server, created.found)
    rates.setdefault(f"{mock.name} create", Rates()).add(created, used_s=between_s - before_s)
    rates.setdefault(f"{mock.name} execute", Rates()).add(
        executed, used_s=cpu_s(server.process) - between_s
    )
