"""A server of raw bytes on loopback: it answers whatever a test wants, however broken."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import httpx
import pytest

from harness.client import Credentials, Gateway, PaymentStatus, Timeouts, Token

BODY = b'{"statusCode":"0000","paymentID":"TR1","transactionStatus":"Initiated"}'
GOOD = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(BODY) + BODY
TOKEN = Token("id-0", "", issued_at_ns=0, lifetime_s=3600.0)


@dataclass
class RawServer:
    """Give each request the next of the scripted answers, then good ones.

    Attributes:
        script: bytes to send; `None` never answers; an empty answer closes without one.
        close_after: close the connection after each scripted answer.
    """

    script: list[bytes | None] = field(default_factory=list)
    close_after: bool = False
    port: int = 0
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.append(writer)
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        self.requests.append(head + await reader.readexactly(length))
        self.asked.set()
        scripted = bool(self.script)
        answer = self.script.pop(0) if scripted else GOOD
        if answer is None:
            await reader.read()
            return False
        writer.write(answer)
        await writer.drain()
        closing = b"connection: close" in head.lower()
        return bool(answer) and not closing and not (scripted and self.close_after)

    def gateway(
        self,
        transport: httpx.AsyncBaseTransport,
        *,
        keep_alive: bool = True,
        timeout_s: float = 60.0,
        scheme: str = "http",
    ) -> Gateway:
        return Gateway(
            f"{scheme}://127.0.0.1:{self.port}",
            Credentials("k", "s", "u", "p"),
            transport,
            keep_alive=keep_alive,
            timeouts=Timeouts(payment_s=timeout_s),
        )


async def ask(gateway: Gateway) -> PaymentStatus:
    return await gateway.query(TOKEN, "TR1")


@pytest.fixture
async def server() -> AsyncIterator[RawServer]:
    raw = RawServer()
    listening = await asyncio.start_server(raw.serve, "127.0.0.1", 0)
    raw.port = listening.sockets[0].getsockname()[1]
    yield raw
    listening.close()
    for writer in raw.writers:
        writer.transport.abort()
    await asyncio.sleep(0)


@pytest.fixture
def query():
    """Ask for a payment's status through a gateway."""
    return ask


@pytest.fixture
def dead_port(reserve_port: Callable[[], int]) -> int:
    """A port on which nobody listens."""
    return reserve_port()


BROKEN = {
    "closed without a byte": b"",
    "half a status line": b"HTTP/1.",
    "half the headers": b"HTTP/1.1 200 OK\r\ncontent-le",
    "half the body": b'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"statusCode"',
    "half a chunk": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n50\r\nhalf",
    "no number of a chunk": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhalf",
    "another protocol": b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
    "a length that is no number": b"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
    "endless headers": b"HTTP/1.1 200 OK\r\n" + b"a: " + b"b" * 1_000_000 + b"\r\n\r\n",
}


@pytest.fixture(params=BROKEN)
def broken_answer(request: pytest.FixtureRequest) -> bytes:
    return BROKEN[request.param]
