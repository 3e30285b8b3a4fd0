"""The part of a run that leaves traces: shoppers are sent out, watched, and settled with."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from harness.errors import HarnessError
from harness.lab.books import close_books
from harness.lab.experiment import Experiment
from harness.lab.generator import GENERATOR, Generator
from harness.lab.lookout import Lookout
from harness.lab.meter import WINDOW_S, Meter
from harness.lab.phase import Phase
from harness.lab.servers import Servers
from harness.lab.stack import Stack
from harness.load import LoadPlan, PlanVariant, Progress, ProgressEvent
from harness.rundata import Conduct, RunFolder

__all__ = ["BUSY_SHARE", "Performance"]

BUSY_SHARE = 0.8
"""Share of a core above which a server may have been measured short of processor time."""

STOPPED = "The run was stopped by hand before its end."

MERCHANT_TARGET = "merchant"
"""The shipped target that describes our own merchant."""


@dataclass(slots=True)
class Performance:
    """Perform a run whose servers are up and whose folder exists.

    Attributes:
        experiment: what was asked for.
        servers: that were started for it.
        folder: to write to.
        stack: that holds the processes.
        lookout: to be told of phases.
    """

    experiment: Experiment
    servers: Servers
    folder: RunFolder
    stack: Stack
    lookout: Lookout
    _meter: Meter = field(default_factory=Meter)
    _notes: list[str] = field(default_factory=list)
    _generator_pid: int = 0

    async def run(self, workplace: Path) -> None:
        """Send the shoppers out, wait for all of them, and close the books.

        However it ends, the generator is gone before the servers are, so that it records none of
        their deaths, and `conduct.json` says how it went.

        Raises:
            InvalidRunError: a process died, or the mock did not answer in the end.
        """
        metering = asyncio.create_task(self._meter.run())
        # What stands unless somebody knows better: only a signal leaves by another way.
        trouble: str | None = STOPPED
        try:
            await self._send_shoppers(workplace)
            self.lookout.enter(Phase.AUDITING)
            self._notes += await close_books(
                self.experiment, self.servers, self.folder, meter=self._meter
            )
            trouble = None
        except HarnessError as error:
            trouble = str(error).partition("\n")[0]
            raise
        finally:
            metering.cancel()
            self._write_conduct(trouble)
        self.lookout.enter(Phase.REPORTING)

    async def _send_shoppers(self, workplace: Path) -> None:
        merchants = {name: child.pid for name, child in self.servers.merchants.items()}
        mock = self.servers.mock
        self._meter.add({**merchants, mock.command.name: mock.pid})
        generator = Generator(workplace, on_progress=self._follow)
        child = await generator.start(self._plan(), self.stack)
        self._generator_pid = child.pid
        try:
            await self.stack.watch(child)
        finally:
            await child.stop()

    def _plan(self) -> LoadPlan:
        return msgspec.structs.replace(
            self.experiment.plan,
            out=str(self.folder.path),
            variants=tuple(
                PlanVariant(
                    name=variant.name,
                    url=variant.target,
                    target=self.experiment.target_files.get(variant.name, MERCHANT_TARGET),
                )
                for variant in self.servers.variants
            ),
        )

    def _follow(self, progress: Progress) -> None:
        if progress.event is ProgressEvent.START:
            # Not before: its first second goes into imports, which are no load.
            self._meter.add({GENERATOR: self._generator_pid})
        warmup_wall_s = self.experiment.plan.warmup_s * self.experiment.plan.time_scale
        if progress.elapsed_s < warmup_wall_s:
            self.lookout.enter(Phase.WARMING_UP)
        elif progress.elapsed_s < progress.arrivals_s:
            self.lookout.enter(Phase.MEASURING)
        else:
            self.lookout.enter(Phase.DRAINING)

    def _write_conduct(self, trouble: str | None) -> None:
        usage = self._meter.usage(GENERATOR)
        shares = () if usage is None else (usage.cpu_share, usage.cpu_share_peak or 0.0)
        self.folder.write_conduct(
            Conduct(
                generator_cpu_share=max(shares, default=None),
                interrupted=trouble is not None,
                notes=(*([trouble] if trouble else []), *self._notes, *self._busy_servers()),
            )
        )

    def _busy_servers(self) -> list[str]:
        names = {name: f"merchant {name}" for name in self.servers.merchants}
        names[self.servers.mock.command.name] = "the mock"
        busy = []
        for name, words in names.items():
            usage = self._meter.usage(name)
            share = None if usage is None else usage.cpu_share_peak
            if share is not None and share > BUSY_SHARE:
                busy.append(
                    f"For {WINDOW_S:g} seconds or more, {words} used {share:.0%} of a core: its"
                    " waits may be the processor's; lower --rate."
                )
        return busy
