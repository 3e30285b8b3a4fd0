"""The loop with precise timers."""

import asyncio
import os
import resource
import selectors
import signal
import socket

import pytest

from mock_bkash import precise_loop
from mock_bkash.precise_loop import PreciseSelector, new_precise_loop


class Recorded:
    """Stands in for `select`, and keeps what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.timeouts: list[float | None] = []
        monkeypatch.setattr(precise_loop.select, "select", self)

    def __call__(self, reading, writing, exceptional, timeout=None):
        self.timeouts.append(timeout)
        return [], [], []


@pytest.fixture
def selector():
    with PreciseSelector() as made:
        yield made


def test_a_wait_is_asked_for_as_it_is(selector, monkeypatch):
    """Not rounded to milliseconds; polling does not go through select at all."""
    recorded = Recorded(monkeypatch)
    for timeout in (0.0003, 0, -1, None):
        assert selector.select(timeout) == []
    assert recorded.timeouts == [0.0003, None]


def test_above_selects_limit_epoll_waits_itself(selector, monkeypatch):
    """A descriptor that select cannot watch must not break the loop."""
    recorded = Recorded(monkeypatch)
    monkeypatch.setattr(precise_loop, "SELECT_LIMIT", 0)
    assert selector.select(0.001) == []
    assert recorded.timeouts == []


@pytest.mark.real_time
def test_what_is_ready_is_found(selector):
    """As by epoll, with the data it was registered with."""
    reader, writer = socket.socketpair()
    with reader, writer:
        key = selector.register(reader, selectors.EVENT_READ, data="mine")
        assert selector.select(0) == []
        writer.send(b"x")
        assert selector.select(None) == [(key, selectors.EVENT_READ)]


@pytest.mark.real_time
def test_more_than_a_thousand_connections_are_served():
    """Only epoll's own descriptor is given to select, and that was made first."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 4096:
        pytest.skip(f"this system allows {hard} descriptors only")
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, hard))

    async def main() -> int:
        async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(await reader.read(1))
            writer.close()

        server = await asyncio.start_server(echo, "127.0.0.1", 0, backlog=2048)
        port = server.sockets[0].getsockname()[1]
        pairs = [await asyncio.open_connection("127.0.0.1", port) for _ in range(600)]
        assert max(pair[1].get_extra_info("socket").fileno() for pair in pairs) > 1024
        for _, writer in pairs:
            writer.write(b"x")
        answers = await asyncio.gather(*(reader.read(1) for reader, _ in pairs))
        for _, writer in pairs:
            writer.close()
            await writer.wait_closed()
        server.close()
        await server.wait_closed()
        return answers.count(b"x")

    try:
        with asyncio.Runner(loop_factory=new_precise_loop) as runner:
            assert runner.run(main()) == 600
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.real_time
def test_a_signal_wakes_a_loop_that_waits_for_nothing():
    """Ctrl-C must not wait for the next timer."""

    async def main() -> str:
        loop = asyncio.get_running_loop()
        heard = asyncio.Event()
        loop.add_signal_handler(signal.SIGUSR1, heard.set)
        loop.call_later(0.01, os.kill, os.getpid(), signal.SIGUSR1)
        async with asyncio.timeout(180):
            await heard.wait()
        return "heard"

    with asyncio.Runner(loop_factory=new_precise_loop) as runner:
        assert runner.run(main()) == "heard"
