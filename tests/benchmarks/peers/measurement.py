"""The run: who is measured, on which cores, in which order."""

import contextlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from asked import DELAY_S
from delay import measure_delays
from findings import Findings
from install import Installed
from machine import SERVER_CORES, all_cores, memory_mb
from mockserver import MockServer
from ours import DELAYS, RACE, Bare, Mock
from prism import Prism
from race import CONTENDERS, measure_race
from rate import Rates, measure_executes, measure_static, warm_up
from server import Contender, Server, answered
from size import Size
from weight import weigh_idle_bytes, weigh_requests
from wiremock import WireMock

from harness.clock import NS_PER_S, monotonic_ns

__all__ = ["PARTS", "Measurement"]

Running = list[tuple[Contender, Server]]


@dataclass
class Measurement:
    """Measure part after part, into one set of findings.

    Attributes:
        folder: where servers may keep their files.
    """

    installed: Installed
    size: Size
    folder: Path
    findings: Findings

    def run(self, parts: Sequence[str]) -> None:
        """Measure the parts, each with its servers started anew."""
        for name in parts:
            began_ns = monotonic_ns()
            print(f"{name} …", end=" ", file=sys.stderr, flush=True)  # noqa: T201
            try:
                PARTS[name](self)
            except (OSError, RuntimeError) as error:
                # The other parts are worth having all the same.
                self.findings.missing[name] = str(error)
            took_s = (monotonic_ns() - began_ns) / NS_PER_S
            print(f"{took_s:.0f} s", file=sys.stderr, flush=True)  # noqa: T201

    def starts(self) -> None:
        """From the command to the first answer, on all cores, as anyone starts it."""
        everyone: list[Contender] = [self._mock(), *self._peers()]
        for contender in everyone:
            count = self.size.starts if isinstance(contender, Mock) else self.size.peer_starts
            taken = self.findings.starts_s.setdefault(contender.name, [])
            for _ in range(count):
                with contender.serve(cores=all_cores) as server:
                    taken.append(server.started_s)

    def rates_and_delays(self) -> None:
        """Requests a second and injected delays on one core, and what they left in memory."""
        waiting: list[Contender] = [Bare(DELAY_S)]
        waiting += [self._mock(profile) for profile in DELAYS.values() if profile]
        mock, found = self._mock(), self.findings
        with contextlib.ExitStack() as stack:
            peers = self._start(stack, self._peers())
            prompt = self._start(stack, [Bare(0)])
            delayed = self._start(stack, waiting)
            ((_, ours),) = self._start(stack, [mock])
            spread = self._start(stack, self._on_all_cores(), cores=all_cores)
            warm_up([*peers, *spread], self.size.warm_s)
            for _ in range(self.size.rate_rounds):
                measure_executes(mock, ours, found.rates, self.size)
                measure_static([*prompt, *peers, *spread], found.rates, self.size.rate_s)
            measure_delays([*delayed, *peers], self.size, found.waits)
            for contender, server in peers:
                found.memory_mb[contender.name] = memory_mb(server.process)
                found.answered[contender.name] = answered[server.address[1]]

    def idle(self) -> None:
        """Idle connections."""
        everyone: list[Contender] = [Bare(0), self._mock(), *self._peers()]
        for contender in everyone:
            with contender.serve(cores=SERVER_CORES) as server:
                # What any first requests need is no connection's weight.
                warm_up([(contender, server)], self.size.rate_s)
                weight = weigh_idle_bytes(server, self.size.idle)
                self.findings.idle_bytes[contender.name] = weight

    def races(self) -> None:
        """Many executes of one payment at a time, with all cores to race on."""
        mock = self._mock(RACE)
        with mock.serve(cores=all_cores) as server:
            race = mock.race(server, rounds=self.size.race_rounds, contenders=CONTENDERS)
            self.findings.races[mock.name] = measure_race(race)
        for peer in self._peers():
            if isinstance(peer, MockServer | WireMock):
                with peer.serve(cores=all_cores) as server:
                    race = peer.race(
                        server, rounds=self.size.peer_race_rounds, contenders=CONTENDERS
                    )
                    self.findings.races[peer.name] = measure_race(race)

    def memory(self) -> None:
        """The mock's memory over a million requests and a quarter more."""
        mock = self._mock()
        with mock.serve(cores=SERVER_CORES) as server:
            self.findings.weights = weigh_requests(mock, server, self.size.million)

    def state(self) -> None:
        """What it costs to keep the state in a file."""
        kept = replace(self._mock(), state=self.folder / "state.sqlite")
        mocks = {"memory": self._mock(), "file": kept}
        with contextlib.ExitStack() as stack:
            running = {
                where: stack.enter_context(mock.serve(cores=SERVER_CORES))
                for where, mock in mocks.items()
            }
            for _ in range(self.size.rate_rounds):
                for where, mock in mocks.items():
                    rates: dict[str, Rates] = {}
                    measure_executes(mock, running[where], rates, self.size)
                    for name, gathered in rates.items():
                        key = (name.removeprefix(f"{mock.name} "), where)
                        self.findings.state_rates.setdefault(key, Rates()).join(gathered)

    def _mock(self, profile: str = "") -> Mock:
        return Mock(self.folder / f"mock-{abs(hash(profile))}", profile=profile)

    def _peers(self) -> list[Contender]:
        files, folder = self.installed.files, self.folder
        peers: list[Contender] = []
        if "WireMock" in files:
            jar = files["WireMock"]
            peers.append(WireMock(jar, folder, journal=False))
            peers.append(WireMock(jar, folder, journal=True))
            peers.append(WireMock(jar, folder, journal=True, asynchronous=False))
        if "MockServer" in files:
            peers.append(MockServer(files["MockServer"], folder / "mockserver"))
        if "Prism" in files:
            peers.append(Prism(files["Prism"], folder / "prism"))
        return peers

    def _on_all_cores(self) -> list[Contender]:
        files = self.installed.files
        if "WireMock" not in files:
            return []
        return [WireMock(files["WireMock"], self.folder, remark=", all cores")]

    @staticmethod
    def _start(
        stack: contextlib.ExitStack,
        contenders: Sequence[Contender],
        *,
        cores: Sequence[int] = SERVER_CORES,
    ) -> Running:
        return [(c, stack.enter_context(c.serve(cores=cores))) for c in contenders]


PARTS: dict[str, Callable[[Measurement], None]] = {
    "starts": Measurement.starts,
    "rates and delays": Measurement.rates_and_delays,
    "idle connections": Measurement.idle,
    "races": Measurement.races,
    "memory": Measurement.memory,
    "state file": Measurement.state,
}
"""What can be measured by itself, in the order of a whole run."""
