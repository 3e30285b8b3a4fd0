"""Laws of httpx's own transport, on real loopback sockets."""

import asyncio

import httpx
import pytest

from harness.client import PlainTransport
from harness.errors import GatewayProtocolError, NotSent, OutcomeUnknown

pytestmark = pytest.mark.real_time


@pytest.mark.parametrize(("keep_alive", "connections"), [(True, 1), (False, 3)])
async def test_connections_are_counted(server, query, keep_alive: bool, connections: int):
    """Kept, or closed by the header."""
    gateway = server.gateway(PlainTransport(), keep_alive=keep_alive)
    for _ in range(3):
        await query(gateway)
    assert gateway.counts().connections_opened == server.connections == connections
    await gateway.aclose()


async def test_r1_whatever_breaks_after_sending_is_of_unknown_outcome(server, query, broken_answer):
    """The same law as for the default transport."""
    server.script, server.close_after = [broken_answer], True
    gateway = server.gateway(PlainTransport())
    with pytest.raises((OutcomeUnknown, GatewayProtocolError)):
        await query(gateway)
    await gateway.aclose()


async def test_a_refused_connection_sent_nothing(server, query, dead_port):
    """It may be tried again."""
    server.port = dead_port
    gateway = server.gateway(PlainTransport())
    with pytest.raises(NotSent):
        await query(gateway)
    await gateway.aclose()


async def test_a_timeout_while_waiting_for_a_connection_sent_nothing(server, query):
    """httpx's pool is full, and the request never left it."""
    server.script = [None]
    transport = PlainTransport(limits=httpx.Limits(max_connections=1))
    first = asyncio.create_task(query(server.gateway(transport)))
    await server.asked.wait()
    with pytest.raises(NotSent):
        await query(server.gateway(transport, timeout_s=0.05))
    first.cancel()
    await asyncio.wait((first,))
    await transport.aclose()


async def test_it_serves_an_ordinary_httpx_client_too(server):
    """It is a transport like any other."""
    async with httpx.AsyncClient(transport=PlainTransport()) as client:
        response = await client.post(f"http://127.0.0.1:{server.port}/", content=b"{}")
    assert response.json()["statusCode"] == "0000"
