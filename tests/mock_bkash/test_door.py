"""The listening socket as a door."""

import asyncio
import socket

import pytest

from mock_bkash.door import ListeningDoor, bind

pytestmark = pytest.mark.real_time


async def listen(listener: socket.socket) -> asyncio.Server:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello")
        writer.close()

    return await asyncio.start_server(greet, sock=listener)


async def knock(port: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        return await reader.read()
    finally:
        writer.close()


async def test_a_shut_door_refuses_and_keeps_its_address(reserve_port):
    """Connection refused, as by a dead host; then it opens by itself."""
    broken: list[str] = []
    opened = asyncio.Event()

    async def reopen(listener: socket.socket) -> asyncio.Server:
        server = await listen(listener)
        opened.set()
        return server

    port = reserve_port()
    listener = bind("127.0.0.1", port)
    door = ListeningDoor(
        address=("127.0.0.1", port), open_=reopen, break_idle=lambda: broken.append("idle")
    )
    door.guard(await listen(listener))
    assert await knock(port) == b"hello"
    door.shut(60)
    with pytest.raises(ConnectionRefusedError):
        await knock(port)
    door.shut(0.05)
    assert broken == ["idle", "idle"]
    await opened.wait()
    assert await knock(port) == b"hello"
    door.shut(60)
    door.remove()
    with bind("127.0.0.1", port):
        pass


async def test_an_open_door_is_removed_without_ado():
    """Its servers are closed by whoever opened them."""
    listener = bind("127.0.0.1", 0)
    address = listener.getsockname()
    door = ListeningDoor(address=address, open_=listen, break_idle=lambda: None)
    async with await listen(listener) as server:
        door.guard(server)
        door.remove()
        assert await knock(address[1]) == b"hello"


def test_an_address_that_cannot_be_had_is_an_error():
    """And leaves no socket behind."""
    with pytest.raises(OSError, match="Cannot assign"):
        bind("192.0.2.1", 0)


def test_both_families_of_addresses_are_bound():
    """Told apart by the colon."""
    with bind("::1", 0) as listener:
        assert listener.family == socket.AF_INET6
