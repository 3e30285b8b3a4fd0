"""Laws of slots, and their agreement with queueing theory."""

import asyncio
import math
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
import simpy

from harness.simulation import Slots, run_virtual


@dataclass(frozen=True)
class Customer:
    arrival_s: float
    service_s: float


def customers(
    count: int, *, rate_per_s: float, mean_service_s: float, seed: int, exponential: bool = True
) -> list[Customer]:
    """Draw a Poisson process of customers with exponential or fixed service times."""
    chance = random.Random(seed)
    clock_s, drawn = 0.0, []
    for _ in range(count):
        clock_s += chance.expovariate(rate_per_s)
        service_s = chance.expovariate(1 / mean_service_s) if exponential else mean_service_s
        drawn.append(Customer(round(clock_s, 9), round(service_s, 9)))
    return drawn


def waits_s(queue: Sequence[Customer], *, slots: int) -> list[float]:
    """Return how long each customer waited for a slot."""

    async def serve() -> list[float]:
        pool, loop = Slots(slots), asyncio.get_running_loop()
        waited = [0.0] * len(queue)

        async def visit(number: int, customer: Customer) -> None:
            await pool.take()
            waited[number] = loop.time() - customer.arrival_s
            await asyncio.sleep(customer.service_s)
            pool.give_back()

        async with asyncio.TaskGroup() as group:
            for number, customer in enumerate(queue):
                await asyncio.sleep(customer.arrival_s - loop.time())
                group.create_task(visit(number, customer))
        return waited

    return run_virtual(serve())


def erlang_c(slots: int, load: float) -> float:
    """Return the probability that a customer waits: Erlang (1917); Cooper (1981), eq. 3.6.

    load: arrival rate times mean service time, in erlangs, below `slots`.
    """
    last = load**slots / math.factorial(slots) * slots / (slots - load)
    return last / (sum(load**k / math.factorial(k) for k in range(slots)) + last)


def confidence_half_width(values: Sequence[float], *, batches: int = 40, z: float = 4.0) -> float:
    """Return `z` standard errors of the mean by batch means, since waits are correlated.

    Source: Law & Kelton, Simulation Modeling and Analysis, 3rd ed., section 9.5.3.
    """
    size = len(values) // batches
    means = [statistics.fmean(values[n * size : (n + 1) * size]) for n in range(batches)]
    return z * statistics.stdev(means) / math.sqrt(batches)


@pytest.mark.parametrize(
    ("slots", "rate_per_s"), [(1, 0.5), (1, 0.8), (3, 2.4), (10, 8.0)], ids=str
)
def test_waiting_for_slots_agrees_with_erlang(slots: int, rate_per_s: float):
    """M/M/c: mean wait and share of who waits lie within four standard errors of the formula."""
    queue = customers(20_000, rate_per_s=rate_per_s, mean_service_s=1.0, seed=7)
    waited = waits_s(queue, slots=slots)[2_000:]
    probability = erlang_c(slots, rate_per_s)
    mean_s = probability / (slots - rate_per_s)
    assert statistics.fmean(waited) == pytest.approx(mean_s, abs=confidence_half_width(waited))
    waiting = [float(wait_s > 1e-9) for wait_s in waited]
    assert statistics.fmean(waiting) == pytest.approx(
        probability, abs=confidence_half_width(waiting)
    )


def test_fixed_service_times_wait_half_as_long():
    """M/D/1: mean wait is load / (2 (1 - load)) services (Pollaczek-Khinchine)."""
    queue = customers(20_000, rate_per_s=0.8, mean_service_s=1.0, seed=7, exponential=False)
    waited = waits_s(queue, slots=1)[2_000:]
    assert statistics.fmean(waited) == pytest.approx(2.0, abs=confidence_half_width(waited))


@pytest.mark.parametrize("slots", [1, 2, 5])
def test_every_wait_is_what_simpy_says(slots: int):
    """An independent simulator, given the same customers, lets each wait equally long."""
    queue = customers(2_000, rate_per_s=0.9 * slots, mean_service_s=1.0, seed=slots)
    environment = simpy.Environment()
    resource = simpy.Resource(environment, capacity=slots)
    waited = [0.0] * len(queue)

    def visit(number: int, customer: Customer):
        yield environment.timeout(customer.arrival_s)
        with resource.request() as turn:
            yield turn
            waited[number] = environment.now - customer.arrival_s
            yield environment.timeout(customer.service_s)

    for number, customer in enumerate(queue):
        environment.process(visit(number, customer))
    environment.run()
    assert waits_s(queue, slots=slots) == pytest.approx(waited, abs=1e-6)


def test_who_comes_first_is_served_first():
    """Nobody overtakes, whatever happens to those in front."""

    async def queue() -> list[int]:
        slots, served = Slots(1), []

        async def visit(number: int) -> None:
            await slots.take()
            served.append(number)
            await asyncio.sleep(1)
            slots.give_back()

        tasks = [asyncio.create_task(visit(number)) for number in range(6)]
        await asyncio.sleep(0.5)
        tasks[2].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert slots.free == 1
        assert slots.waits == 5
        return served

    assert run_virtual(queue()) == [0, 1, 3, 4, 5]


def test_a_slot_is_not_lost_with_whoever_was_given_it_and_cancelled():
    """Cancelled in the very instant in which its turn came, one hands it on to the next."""

    async def queue() -> bool:
        slots = Slots(1)
        await slots.take()
        cancelled = asyncio.create_task(slots.take())
        next_one = asyncio.create_task(slots.take())
        await asyncio.sleep(0)
        slots.give_back()
        cancelled.cancel()
        await asyncio.sleep(0)
        async with asyncio.timeout(1):
            await next_one
        slots.give_back()
        return cancelled.cancelled() and slots.free == 1

    assert run_virtual(queue())


def test_there_is_at_least_one_slot():
    """A pool of none would never serve anybody."""
    with pytest.raises(ValueError, match="slots: must be 1 or more, got 0"):
        Slots(0)
