"""How many create requests a second one core of the mock answers: state, guard and journal on.

The mock runs as its own process, pinned to a core where the machine has two; the load comes from
here, prebuilt, over keep-alive connections on loopback. A machine with few cores is never quiet, so
beside the rate by the wall there is the rate by the mock's own processor time: its inverse is what
a create costs, and that is what the bound is on.
"""

import asyncio
import contextlib
import http.client
import os
import selectors
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import msgspec
import psutil
import pytest

from mock_bkash import MockConfig, create_app, load_profile

pytestmark = pytest.mark.real_time

LEAST_PER_S = 8_000
REQUESTS = 16_000
CONNECTIONS = 32
ROUNDS = 5
PATH = "/v1.2.0-beta/tokenized/checkout"
CREATED = b'{"statusCode":"0000"'


@contextlib.contextmanager
def pinned_mock() -> Iterator[tuple[psutil.Process, int]]:
    """Start a mock on the last core, keep to the others, and end it."""
    cores = sorted(os.sched_getaffinity(0))
    child = subprocess.Popen(
        [sys.executable, "-m", "mock_bkash", "serve", "--port", "0", "--profile", "fast"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert child.stdout is not None
        port = int(child.stdout.readline().rsplit(":", 1)[1])
        mock = psutil.Process(child.pid)
        if len(cores) > 1:
            mock.cpu_affinity(cores[-1:])
            os.sched_setaffinity(0, cores[:-1])
        yield mock, port
    finally:
        os.sched_setaffinity(0, cores)
        child.terminate()
        child.communicate(timeout=20)


def grant(port: int) -> str:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    body = b'{"app_key":"bench","app_secret":"s"}'
    line.request("POST", f"{PATH}/token/grant", body, {"username": "u", "password": "p"})
    granted = msgspec.json.decode(line.getresponse().read())
    line.close()
    token: str = granted["id_token"]
    return token


def payments_created(port: int) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request("GET", "/_mock/counters")
    counters = msgspec.json.decode(line.getresponse().read())
    line.close()
    assert counters["errors"] == {}
    assert counters["calls"]["create_payment"] == counters["payments_created"]
    created: int = counters["payments_created"]
    return created


def order(number: int) -> bytes:
    return msgspec.json.encode(
        {
            "mode": "0011",
            "payerReference": "01770618575",
            "callbackURL": f"http://127.0.0.1:9000/api/bkash/callback?ref=ref-{number:08d}",
            "amount": "1499",
            "currency": "BDT",
            "intent": "sale",
            "merchantInvoiceNumber": f"inv-{number:08d}",
        }
    )


def request(number: int, token: str) -> bytes:
    body = order(number)
    return (
        f"POST {PATH}/create HTTP/1.1\r\nhost: 127.0.0.1:8700\r\naccept: application/json\r\n"
        f"content-type: application/json\r\nauthorization: {token}\r\nx-app-key: bench\r\n"
        f"traceparent: 00-{number + 1:032x}-0000000000000001-01\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    ).encode() + body


class Flood:
    """Send prebuilt requests over connections that each wait for their answers."""

    def __init__(self, port: int, token: str, *, depth: int) -> None:
        requests = [request(number, token) for number in range(REQUESTS)]
        batches = [b"".join(requests[i : i + depth]) for i in range(0, REQUESTS, depth)]
        self._batches = [batches[i::CONNECTIONS] for i in range(CONNECTIONS)]
        self._depth = depth
        self._sockets = [socket.create_connection(("127.0.0.1", port)) for _ in self._batches]
        for line in self._sockets:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def run(self) -> None:
        """Send everything once, and return when everything is answered."""
        with selectors.DefaultSelector() as selector:
            for line, batches in zip(self._sockets, self._batches, strict=True):
                left = iter(batches)
                line.sendall(next(left))
                selector.register(line, selectors.EVENT_READ, [left, self._depth])
            while selector.get_map():
                for key, _ in selector.select(timeout=20):
                    self._take(key, selector)

    def _take(self, key: selectors.SelectorKey, selector: selectors.BaseSelector) -> None:
        assert isinstance(key.fileobj, socket.socket)
        received = key.fileobj.recv(262_144)
        assert received, "the mock closed the connection"
        key.data[1] -= received.count(CREATED)
        if key.data[1] <= 0:
            batch = next(key.data[0], None)
            if batch is None:
                selector.unregister(key.fileobj)
                return
            key.data[1] += self._depth
            key.fileobj.sendall(batch)

    def close(self) -> None:
        for line in self._sockets:
            line.close()


def cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


@pytest.mark.parametrize("depth", [1, 8], ids=["one-at-a-time", "pipelined-8-deep"])
def test_one_core_answers_eight_thousand_creates_a_second(benchmark: Any, depth: int) -> None:
    """32 connections; each request carries a token of 0.8 kB, a trace and an invoice of its own."""
    with pinned_mock() as (mock, port):
        flood = Flood(port, grant(port), depth=depth)
        flood.run()
        before_s, before_bytes = cpu_s(mock), mock.memory_info().rss
        before = payments_created(port)
        benchmark.pedantic(flood.run, rounds=ROUNDS, iterations=1)
        made = payments_created(port) - before
        per_cpu_s = made / (cpu_s(mock) - before_s)
        payment_bytes = (mock.memory_info().rss - before_bytes) / made
        flood.close()
    assert made % REQUESTS == 0
    benchmark.extra_info["creates_per_cpu_s"] = round(per_cpu_s)
    benchmark.extra_info["bytes_per_payment"] = round(payment_bytes)
    figures = f"{per_cpu_s:.0f} creates/s of one core, {payment_bytes:.0f} bytes a payment"
    if benchmark.stats is not None:
        by_wall = REQUESTS / benchmark.stats.stats.median
        benchmark.extra_info["creates_per_wall_s"] = round(by_wall)
        figures += f", {by_wall:.0f}/s by the wall on this machine"
    print(f"\n{figures}")  # noqa: T201
    benchmark.extra_info["asked_per_s"] = LEAST_PER_S


def test_the_gateway_itself_answers_in_process(benchmark: Any) -> None:
    """Without sockets and HTTP parsing: what state, guard, journal and JSON cost."""
    app = create_app(MockConfig(profile=load_profile("fast")))
    calls = 2_000

    async def call(path: str, body: bytes, headers: list[tuple[bytes, bytes]]) -> bytes:
        answered = b""

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            nonlocal answered
            answered = message.get("body", answered)

        scope = {"type": "http", "method": "POST", "path": path, "headers": headers}
        await app(scope, receive, send)
        return answered

    async def flood(token: bytes) -> None:
        headers = [(b"host", b"127.0.0.1:8700"), (b"authorization", token), (b"x-app-key", b"k")]
        for number in range(calls):
            assert (await call(f"{PATH}/create", order(number), headers)).startswith(CREATED)

    with asyncio.Runner() as runner:
        login = [(b"username", b"u"), (b"password", b"p")]
        granted = runner.run(
            call(f"{PATH}/token/grant", b'{"app_key":"k","app_secret":"s"}', login)
        )
        token = msgspec.json.decode(granted)["id_token"].encode()
        benchmark.pedantic(lambda: runner.run(flood(token)), rounds=ROUNDS, iterations=1)
    if benchmark.stats is not None:
        benchmark.extra_info["creates_per_s"] = round(calls / benchmark.stats.stats.median)
