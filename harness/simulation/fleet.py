"""The shop's processes: one or several merchants over one database, each with a memory of its own.

Where instances live for a limited time, as on serverless platforms, a fresh one takes the place of
an old one while requests go on: the old one gets no new requests, finishes those it has, and stops.
"""

import asyncio
from collections import Counter
from collections.abc import Callable

import msgspec

from harness.merchant import Merchant
from harness.simulation.inquiry import inquire
from harness.simulation.scenario import Fleet
from harness.simulation.site import Receive, Scope, Send

__all__ = ["RunningFleet"]


class _Instance:
    """Hold one process and the requests that it has."""

    __slots__ = ("idle", "merchant", "under_way")

    def __init__(self, merchant: Merchant) -> None:
        self.merchant = merchant
        self.under_way = 0
        self.idle = asyncio.Event()
        self.idle.set()


class RunningFleet:
    """Run the shop's processes behind a balancer that sends each request to the next.

    Attributes:
        started: processes started so far.
    """

    def __init__(self, fleet: Fleet, build: Callable[[int], Merchant]) -> None:
        """Start nothing yet; `build` makes the n-th process, counted from 0."""
        self.started = 0
        self._fleet = fleet
        self._build = build
        self._instances: list[_Instance] = []
        self._next = 0
        self._counts: Counter[str] = Counter()
        self._renewing: asyncio.Task[None] | None = None
        self._retiring: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start all processes, and go on replacing them where their life is limited."""
        for _ in range(self._fleet.instances):
            self._instances.append(await self._start_one())
        if self._fleet.lifetime_s is not None:
            self._renewing = asyncio.create_task(self._renew(self._fleet.lifetime_s))

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request by the process whose turn it is; an ASGI application."""
        instances = self._instances
        if len(instances) == 1:
            instance = instances[0]
        else:
            self._next = (self._next + 1) % len(instances)
            instance = instances[self._next]
        instance.under_way += 1
        try:
            await instance.merchant.app(scope, receive, send)
        finally:
            instance.under_way -= 1
            if instance.under_way == 0:
                instance.idle.set()

    async def counts(self) -> Counter[str]:
        """Return queries, token hits and misses of all processes that there were."""
        total = self._counts.copy()
        for instance in self._instances:
            total.update(await _count(instance.merchant))
        return total

    async def stop(self) -> None:
        """Stop all processes."""
        if self._renewing is not None:
            self._renewing.cancel()
            await asyncio.gather(self._renewing, return_exceptions=True)
        await asyncio.gather(*self._retiring)
        for instance in self._instances:
            await instance.merchant.stop()

    async def _start_one(self) -> _Instance:
        merchant = self._build(self.started)
        self.started += 1
        await merchant.start()
        return _Instance(merchant)

    async def _renew(self, lifetime_s: float) -> None:
        turn = 0
        while True:
            await asyncio.sleep(lifetime_s / len(self._instances))
            fresh = await self._start_one()
            old, self._instances[turn] = self._instances[turn], fresh
            turn = (turn + 1) % len(self._instances)
            retiring = asyncio.create_task(self._retire(old))
            self._retiring.add(retiring)
            retiring.add_done_callback(self._retiring.discard)

    async def _retire(self, instance: _Instance) -> None:
        while instance.under_way:
            instance.idle.clear()
            await instance.idle.wait()
        self._counts.update(await _count(instance.merchant))
        await instance.merchant.stop()


async def _count(merchant: Merchant) -> dict[str, int]:
    figures = msgspec.json.decode(await inquire(merchant.app, "GET", "/api/bkash/performance"))
    token = figures["token"]
    return {
        "queries": figures["queries"],
        "token_hits": token["hits"],
        "token_misses": token["misses"],
    }
