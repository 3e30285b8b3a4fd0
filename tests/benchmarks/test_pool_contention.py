"""Why the client does not use httpx's own pool: 50 calls in flight through it go slower than one.

A server of a few lines answers in a process of its own. The same 500 requests are sent one after
another and 50 at a time, through httpx's pool and through ours. docs/finding-httpx-pool.md tells
what comes out and why.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from harness.client import PooledTransport

pytestmark = pytest.mark.real_time

REQUESTS = 500
ROUNDS = 5

SERVER = """
import asyncio

ANSWER = b"HTTP/1.1 200 OK\\r\\ncontent-length: 2\\r\\n\\r\\nok"

class Tiny(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(ANSWER * data.count(b"\\r\\n\\r\\n"))

async def main():
    server = await asyncio.get_running_loop().create_server(Tiny, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.sleep(300)

asyncio.run(main())
"""


@pytest.fixture
def url() -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{int(server.stdout.readline())}/"
        server.kill()


def httpx_pool() -> httpx.AsyncBaseTransport:
    return httpx.AsyncHTTPTransport(
        limits=httpx.Limits(max_connections=50, max_keepalive_connections=50)
    )


async def send(transport: httpx.AsyncBaseTransport, url: str, *, in_flight: int) -> int:
    """Send all requests, `in_flight` at a time; return how many were answered well."""
    answered = 0

    async def worker() -> None:
        nonlocal answered
        for _ in range(REQUESTS // in_flight):
            response = await transport.handle_async_request(httpx.Request("GET", url))
            await response.aread()
            await response.aclose()
            answered += response.status_code == 200

    await asyncio.gather(*(worker() for _ in range(in_flight)))
    return answered


@pytest.mark.parametrize(
    ("pool", "in_flight"),
    [
        pytest.param(httpx_pool, 1, id="httpx-one-after-another"),
        pytest.param(httpx_pool, 50, id="httpx-50-in-flight"),
        pytest.param(PooledTransport, 1, id="ours-one-after-another"),
        pytest.param(PooledTransport, 50, id="ours-50-in-flight"),
    ],
)
def test_500_requests(benchmark, url: str, pool, in_flight: int):
    """Every request is answered; how fast, the benchmark says."""
    with asyncio.Runner() as runner:
        transport = pool()

        def once() -> int:
            return runner.run(send(transport, url, in_flight=in_flight))

        assert once() == REQUESTS
        assert benchmark.pedantic(once, rounds=ROUNDS) == REQUESTS
        runner.run(transport.aclose())
    if benchmark.stats is not None:
        benchmark.extra_info["requests_per_s"] = REQUESTS / benchmark.stats.stats.median
