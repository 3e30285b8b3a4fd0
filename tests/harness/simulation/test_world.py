"""Laws of a variant's world: real parts, told where they are and what to be random by."""

from pathlib import Path

import msgspec

from harness.client import epoch_ns
from harness.merchant import BUILTIN, audit_view
from harness.simulation import Fleet, Link, NetworkModel, run_virtual
from harness.simulation.inquiry import inquire
from harness.simulation.world import STARTS_AT, World


def test_every_clock_begins_on_the_full_hour(make_scenario, tmp_path: Path):
    """Cron's minutes are the run's, and two runs have the same times since 1970."""

    async def live() -> int:
        World(make_scenario(), BUILTIN["cached"], folder=tmp_path)
        return epoch_ns()

    assert run_virtual(live()) == round(STARTS_AT.timestamp()) * 10**9
    assert (STARTS_AT.minute, STARTS_AT.second) == (0, 0)


def test_round_trips_are_charged_by_the_network_alone(make_scenario, tmp_path: Path):
    """A grant of 2 s over 0.1 s takes 2.3 s on a new connection; charged twice it would be 2.6."""

    async def live() -> float:
        scenario = make_scenario(network=NetworkModel(gateway=Link(round_trip_s=0.1)))
        world = World(scenario, BUILTIN["cached"], folder=tmp_path)
        await world.fleet.start()
        await world.refresh_by_cron()
        await world.fleet.stop()
        [called_s] = world.token_calls.at_s["token_grant"]
        return called_s

    # The lookup in the database, connecting, and half a round trip there.
    assert round(run_virtual(live()), 6) == 0.2 + 0.2 + 0.05


def test_cron_reaches_the_shop_with_its_secret(make_scenario, tmp_path: Path):
    """The endpoint is closed to everybody else."""

    async def live() -> dict[str, int]:
        world = World(make_scenario(), BUILTIN["cached"], folder=tmp_path)
        await world.fleet.start()
        await world.refresh_by_cron()
        counts = await inquire(world.mock, "GET", "/_mock/counters?app_key=bench")
        await world.fleet.stop()
        calls: dict[str, int] = msgspec.json.decode(counts)["calls"]
        return calls

    assert run_virtual(live())["token_grant"] == 1


def test_all_processes_of_a_shop_share_its_books(make_scenario, tmp_path: Path):
    """One file, as many connections to it as there are processes."""

    async def live() -> int:
        scenario = make_scenario(fleet=Fleet(instances=3))
        world = World(scenario, BUILTIN["stored"], folder=tmp_path)
        await world.fleet.start()
        await world.refresh_by_cron()
        started = world.fleet.started
        await world.fleet.stop()
        return started

    assert run_virtual(live()) == 3
    assert audit_view(tmp_path / "merchant.sqlite3") == []
