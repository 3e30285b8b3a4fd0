"""Laws of the shop's processes: each its own memory, one database, and nobody cut off."""

import asyncio
from dataclasses import dataclass, field

import msgspec

from harness.simulation import Fleet, Site, run_virtual
from harness.simulation.fleet import RunningFleet


@dataclass
class FakeMerchant:
    """Stand for a process: it answers with its number after `wait_s`."""

    number: int
    wait_s: float
    log: list[str] = field(default_factory=list)

    async def start(self) -> None:
        self.log.append(f"start {self.number}")

    async def stop(self) -> None:
        self.log.append(f"stop {self.number} at {asyncio.get_running_loop().time():g}")

    async def app(self, scope, receive, send) -> None:
        body = str(self.number).encode()
        if scope["path"] == "/api/bkash/performance":
            token = {"hits": 1, "misses": 0, "grants": 0, "refreshes": 0}
            body = msgspec.json.encode({"queries": 10 * (self.number + 1), "token": token})
        else:
            await asyncio.sleep(self.wait_s)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})


def fleet_of(model: Fleet, *, wait_s: float = 0.0) -> tuple[RunningFleet, list[str]]:
    log: list[str] = []
    return RunningFleet(model, lambda number: FakeMerchant(number, wait_s, log)), log  # type: ignore[arg-type,return-value]


async def ask(fleet: RunningFleet) -> str:
    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    return (await Site(fleet.app).serve(scope, b"")).body.decode()


def test_requests_go_to_one_process_after_the_other():
    """A balancer knows nothing of shoppers."""

    async def run() -> list[str]:
        fleet, _ = fleet_of(Fleet(instances=3))
        await fleet.start()
        answers = [await ask(fleet) for _ in range(6)]
        await fleet.stop()
        return answers

    assert sorted(run_virtual(run())[:3]) == ["0", "1", "2"]
    assert run_virtual(run())[:3] == run_virtual(run())[3:]


def test_processes_are_replaced_evenly_over_their_life():
    """Two that live for 100 s: one is replaced every 50 s, the older first."""

    async def run() -> tuple[list[str], int]:
        fleet, log = fleet_of(Fleet(instances=2, lifetime_s=100.0))
        await fleet.start()
        await asyncio.sleep(160)
        seen = list(log)
        await fleet.stop()
        return seen, fleet.started

    log, started = run_virtual(run())
    assert started == 5
    assert [line for line in log if line.startswith("stop")] == [
        "stop 0 at 50",
        "stop 1 at 100",
        "stop 2 at 150",
    ]


def test_a_process_finishes_what_it_has_before_it_stops():
    """Its last request is answered by it, new ones go to its successor."""

    async def run() -> tuple[str, str, list[str]]:
        fleet, log = fleet_of(Fleet(instances=1, lifetime_s=10.0), wait_s=7.0)
        await fleet.start()
        await asyncio.sleep(5)
        late = asyncio.create_task(ask(fleet))
        await asyncio.sleep(6)
        new = await ask(fleet)
        seen = list(log)
        answer = await late
        await fleet.stop()
        return answer, new, seen

    late, new, log = run_virtual(run())
    assert (late, new) == ("0", "1")
    assert log[:3] == ["start 0", "start 1", "stop 0 at 12"]


def test_what_processes_counted_outlives_them():
    """Queries and token hits are of the shop, not of who happens to run at the end."""

    async def run() -> dict[str, int]:
        fleet, _ = fleet_of(Fleet(instances=1, lifetime_s=10.0))
        await fleet.start()
        await asyncio.sleep(15)
        counts = await fleet.counts()
        await fleet.stop()
        return dict(counts)

    counts = run_virtual(run())
    assert counts["queries"] == 10 + 20
    assert counts["token_hits"] == 2
