"""Head and body of an answer leave together, and nothing else waits."""

import asyncio

import pytest

from mock_bkash.joint import Joint

HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"


class Wire(asyncio.Transport):
    """Keep what was done with a transport."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[object] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.done.append(bytes(data))

    def close(self) -> None:
        self.done.append("close")

    def abort(self) -> None:
        self.done.append("abort")

    def is_closing(self) -> bool:
        return "close" in self.done


@pytest.fixture
async def wire() -> Wire:
    return Wire()


@pytest.fixture
async def joint(wire: Wire) -> Joint:
    return Joint(wire, asyncio.get_running_loop())


async def test_head_and_body_leave_in_one_piece(joint: Joint, wire: Wire):
    """One packet for an answer, not two."""
    joint.write(HEAD)
    joint.write(b"{}")
    await asyncio.sleep(0)
    assert wire.done == [HEAD + b"{}"]


async def test_a_head_without_a_body_leaves_with_the_next_turn(joint: Joint, wire: Wire):
    """A body that dribbles keeps nobody from reading the head."""
    joint.write(HEAD)
    assert wire.done == []
    await asyncio.sleep(0)
    assert wire.done == [HEAD]
    joint.write(b"{")
    joint.write(b"}")
    assert wire.done == [HEAD, b"{", b"}"]


async def test_an_empty_body_leaves_with_its_head(joint: Joint, wire: Wire):
    """Also when the server writes the nothing that it consists of."""
    joint.write(HEAD)
    joint.write(b"")
    assert wire.done == [HEAD]


async def test_what_is_whole_is_not_held(joint: Joint, wire: Wire):
    """A refusal that the connection writes by itself goes out as it is."""
    joint.write(HEAD + b"{}")
    assert wire.done == [HEAD + b"{}"]


async def test_closing_sends_what_is_held(joint: Joint, wire: Wire):
    """An orderly end loses nothing."""
    joint.write(HEAD)
    joint.close()
    await asyncio.sleep(0)
    assert wire.done == [HEAD, "close"]
    assert joint.is_closing()


async def test_breaking_off_sends_nothing_more(joint: Joint, wire: Wire):
    """What was held is lost with the rest."""
    joint.write(HEAD)
    joint.abort()
    await asyncio.sleep(0)
    assert wire.done == ["abort"]
