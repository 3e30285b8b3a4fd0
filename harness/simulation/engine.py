"""Simulate one variant: shoppers arrive, walk, are recorded, and the books are closed.

    sink = DigestSink(folder / "samples-optimized.csv")
    outcome = simulate(scenario, BUILTIN["optimized"], sink)

A variant has a loop, a mock and a database of its own, so no other variant can change its samples.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from harness.clock import NS_PER_S, monotonic_ns
from harness.errors import InvalidRunError
from harness.load import (
    Arrival,
    Boundary,
    Crowd,
    Exchange,
    Recorder,
    ThinkTimes,
    Visit,
    Walk,
    load_target,
    start_journey,
)
from harness.merchant import Variant
from harness.simulation.books import Bookkeeper, count_costs
from harness.simulation.collector import quiet_collector
from harness.simulation.link import Weather
from harness.simulation.loop import VirtualTimeError, run_virtual
from harness.simulation.outcome import SimulationOutcome
from harness.simulation.scenario import VirtualScenario
from harness.simulation.sink import DigestSink
from harness.simulation.trip import Browser, Trip, wait_until
from harness.simulation.world import SHOP_URL, World

__all__ = ["Progress", "simulate"]

Progress = Callable[[int, int], None]
"""Told now and then how many shoppers of how many have arrived."""

_PROGRESS_EVERY: Final = 64

_BOUNDARY: Final = Boundary(frozenset({"shop.test", "bkash.test"}))


def simulate(
    scenario: VirtualScenario,
    variant: Variant,
    sink: DigestSink | None = None,
    *,
    on_progress: Progress | None = None,
) -> SimulationOutcome:
    """Simulate one variant on a virtual loop of its own, in this thread.

    Args:
        scenario: who arrives, and in what world.
        variant: of the shop.
        sink: takes the samples, and is closed at the end; None: they are digested and dropped.
        on_progress: told how far it is.

    Raises:
        ConfigurationError: the scenario has no arrivals, or too many.
        RunDataError: the sink cannot write.
        InvalidRunError: the code under simulation waits for real time, or for what never comes.
    """
    arrivals = scenario.plan()
    sink = DigestSink() if sink is None else sink
    began_ns = monotonic_ns()
    try:
        with TemporaryDirectory(prefix="bkash-virtual-") as folder, _undisturbed():
            run = _Run(scenario, variant, arrivals, sink, on_progress)
            return run_virtual(run.carry_out(Path(folder), began_ns=began_ns))
    except VirtualTimeError as error:
        raise InvalidRunError(f"{variant.name} cannot be simulated: {error}") from error
    finally:
        sink.close()


class _Run:
    """Carry out one run."""

    def __init__(
        self,
        scenario: VirtualScenario,
        variant: Variant,
        arrivals: list[Arrival],
        sink: DigestSink,
        on_progress: Progress | None,
    ) -> None:
        self._scenario = scenario
        self._variant = variant
        self._arrivals = arrivals
        self._sink = sink
        self._on_progress = on_progress
        self._recorder = Recorder(sink, origin_ns=0)
        self._failed = 0
        self._target = load_target("merchant")
        self._crowd = Crowd(seed=scenario.seed)
        self._think = ThinkTimes(land_s=scenario.land_think_s, approve_s=scenario.approve_think_s)
        self._weather = Weather(scenario.network.shopper, name="shopper", seed=scenario.seed)

    async def carry_out(self, folder: Path, *, began_ns: int) -> SimulationOutcome:
        scenario = self._scenario
        world = World(scenario, self._variant, folder=folder)
        await world.fleet.start()
        cron = asyncio.create_task(self._run_cron(world))
        try:
            with Bookkeeper.of(world) as keeper:
                await self._send_shoppers(world, keeper)
                if cron.done():
                    cron.result()
                verdict, notes = await keeper.close()
            length_s = scenario.length_s(self._arrivals)
            costs = await count_costs(world, horizon_s=scenario.warmup_s + length_s)
            virtual_s = asyncio.get_running_loop().time()
        finally:
            cron.cancel()
            await asyncio.gather(cron, return_exceptions=True)
            await world.fleet.stop()
            await world.network.close()
        return SimulationOutcome(
            variant=self._variant.name,
            payments=len(self._arrivals),
            failed=self._failed,
            samples=self._sink.samples,
            digest=self._sink.digest(),
            costs=costs,
            verdict=verdict,
            horizon_s=length_s,
            virtual_s=virtual_s,
            wall_s=(monotonic_ns() - began_ns) / NS_PER_S,
            token_calls_s={name: tuple(at_s) for name, at_s in world.token_calls.at_s.items()},
            notes=(*notes, *world.network.failures()),
        )

    async def _send_shoppers(self, world: World, keeper: Bookkeeper) -> None:
        total = len(self._arrivals)
        try:
            async with asyncio.TaskGroup() as shoppers:
                for arrival in self._arrivals:
                    await wait_until(arrival.due_ns)
                    shoppers.create_task(self._shop(world, keeper, arrival))
                    if self._on_progress is not None and arrival.number % _PROGRESS_EVERY == 0:
                        self._on_progress(arrival.number, total)
        except BaseExceptionGroup as group:
            # One cause is told as itself; the others are its victims.
            raise group.exceptions[0] from group

    async def _shop(self, world: World, keeper: Bookkeeper, arrival: Arrival) -> None:
        scenario = self._scenario
        journey = start_journey(
            self._target,
            self._crowd.shopper(arrival.number),
            url=SHOP_URL,
            think=self._think,
            boundary=_BOUNDARY,
        )
        visit = Visit(variant=self._variant.name, arrival=arrival.number, warmup=arrival.warmup)
        browser = Browser(
            world.network,
            scenario.network.shopper,
            timeout_s=scenario.request_timeout_s,
            weather=self._weather,
        )
        walk = Walk(journey, due_ns=arrival.due_ns, time_scale=1.0)
        trip = Trip(walk, browser, partial(self._record, keeper, visit))
        if not await trip.run():
            self._failed += 1
        await keeper.leave(trip.payment_id)

    def _record(self, keeper: Bookkeeper, visit: Visit, exchange: Exchange) -> None:
        self._recorder.record(visit, exchange)
        keeper.witness.see(exchange)

    async def _run_cron(self, world: World) -> None:
        cron = self._scenario.cron
        if cron is None:
            return
        until_s = self._arrivals[-1].due_ns / NS_PER_S
        for at_s in cron.fires_s(until_s):
            await wait_until(round(at_s * NS_PER_S))
            # A cron job whose call failed comes again at its time, as if nothing had happened.
            with suppress(InvalidRunError):
                await world.refresh_by_cron()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep the collector and the logs from taking a fifth of the time.

    What the shop would log of a refused payment stands in the samples.
    """
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with quiet_collector():
            yield
    finally:
        logging.disable(level)
