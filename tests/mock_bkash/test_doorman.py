"""Plans that shut the door."""

import asyncio

import pytest

from harness.simulation import run_virtual
from mock_bkash.door import DOOR_KEY
from mock_bkash.doorman import Doorman, door_of
from mock_bkash.fault import named_plan


class Door:
    """Note when it was shut, and for how long."""

    def __init__(self) -> None:
        self.shut_at: list[tuple[float, float]] = []

    def shut(self, duration_s: float) -> None:
        self.shut_at.append((asyncio.get_running_loop().time(), duration_s))


def by(door: Door | None) -> dict:
    return {"state": {} if door is None else {DOOR_KEY: door}}


def test_plans_of_the_start_begin_with_the_first_request():
    """And once; scaled like everything else."""

    async def main() -> None:
        door = Door()
        doorman = Doorman(plans=[named_plan("reset"), named_plan("refused")], time_scale=0.1)
        assert doorman.is_waiting
        doorman.greet(by(None))
        assert doorman.is_waiting
        await asyncio.sleep(4)
        doorman.greet(by(door))
        assert not doorman.is_waiting
        assert doorman.done(None, "refused") == set()
        await asyncio.sleep(50)
        assert door.shut_at == [(5.0, 2.0)]
        assert doorman.done(None, "refused") == {0}
        assert doorman.done("shop", "refused") == set()

    run_virtual(main())


@pytest.mark.parametrize("how", ["dismiss", "forget", "replace", "ttl"])
def test_what_is_lifted_in_time_does_not_happen(how: str):
    """Other app keys' plans of the same name stay."""

    async def main() -> None:
        door = Door()
        doorman = Doorman(plans=[], time_scale=1.0)
        assert not doorman.is_waiting
        doorman.begin("other", named_plan("refused;shut_s=7"), door)
        doorman.begin("shop", named_plan("refused;ttl_s=10" if how == "ttl" else "refused"), door)
        await asyncio.sleep(5)
        if how == "dismiss":
            doorman.dismiss("shop", "refused")
        elif how == "forget":
            doorman.forget("shop")
        elif how == "replace":
            doorman.begin("shop", named_plan("reset;name=refused"), door)
        await asyncio.sleep(50)
        assert door.shut_at == [(10.0, 7.0)]
        assert doorman.done("other", "refused") == {0}
        doorman.forget("other")
        assert doorman.done("other", "refused") == set()

    run_virtual(main())


def test_a_server_of_somebody_elses_has_no_door():
    """Nor has a transport."""
    assert door_of({}) is None
    assert door_of(by(None)) is None


@pytest.mark.real_time
@pytest.mark.parametrize("how", ["start", "admin"])
async def test_a_plan_refuses_connections_and_lets_them_in_again(open_live, how: str):
    """What an outage begins with, over real sockets; the report says that it came to that."""
    asked = "outage;shut_after_s=0.3;shut_s=0.5;probability=0"
    async with open_live(faults=(named_plan(asked),) if how == "start" else ()) as live:
        if how == "admin":
            body = b'{"plan":"%s"}' % asked.encode()
            head = b"PUT /_mock/faults HTTP/1.1\r\nhost: x\r\nconnection: close\r\n"
            reader, writer = await live.connect()
            writer.write(head + b"content-length: %d\r\n\r\n" % len(body) + body)
            assert b'"unused":["outage"]' in await reader.read()
            writer.close()
        turned_away: set[type[Exception] | None] = set()
        while not turned_away or await knock(live) is not None:
            turned_away |= {await knock(live)} - {None}
            await asyncio.sleep(0.02)
        assert ConnectionRefusedError in turned_away
        reader, writer = await live.connect()
        writer.write(b"GET /_mock/faults HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        report = await reader.read()
        writer.close()
        assert b'"unused":[]' in report
        assert b'"door":[{"shut_after_s":0.3,"shut_s":0.5,"unused":false}]' in report


async def knock(live) -> type[Exception] | None:
    """Connect; what came in just as the door was shut, and was not let in yet, is reset."""
    try:
        _, writer = await live.connect()
    except (ConnectionRefusedError, ConnectionResetError) as error:
        return type(error)
    writer.close()
    return None
