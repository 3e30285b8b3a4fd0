"""Laws of the default transport, on real loopback sockets."""

import asyncio
import gc
import ssl
import warnings

import httpx
import pytest
from httpx_aiohttp import AiohttpTransport

from harness.client import PooledTransport
from harness.errors import GatewayProtocolError, NotSent, OutcomeUnknown

pytestmark = pytest.mark.real_time


async def test_connections_are_kept_and_counted(server, query):
    """Ten calls, one connection."""
    gateway = server.gateway(PooledTransport())
    for _ in range(10):
        await query(gateway)
    assert gateway.counts().connections_opened == server.connections == 1
    await gateway.aclose()


async def test_with_connection_close_each_call_opens_one(server, query):
    """The shared pool obeys the header."""
    gateway = server.gateway(PooledTransport(), keep_alive=False)
    for _ in range(3):
        await query(gateway)
    assert gateway.counts().connections_opened == server.connections == 3
    await gateway.aclose()


async def test_calls_in_flight_have_a_connection_each_up_to_the_limit(server, query):
    """The rest waits for one of them."""
    gateway = server.gateway(PooledTransport(max_connections=4))
    await asyncio.gather(*(query(gateway) for _ in range(40)))
    assert server.connections <= 4
    assert len(server.requests) == 40
    await gateway.aclose()


async def test_an_unused_connection_is_not_kept_for_ever(server, query):
    """After its time it is replaced, before the server could close it under a payment."""
    gateway = server.gateway(PooledTransport(keepalive_s=0.01))
    await query(gateway)
    await asyncio.sleep(0.05)
    await query(gateway)
    assert server.connections == 2
    await gateway.aclose()


async def test_r1_whatever_breaks_after_sending_is_of_unknown_outcome(server, query, broken_answer):
    """A lost connection never counts as "could not connect", whatever the library calls it."""
    server.script, server.close_after = [broken_answer], True
    gateway = server.gateway(PooledTransport())
    with pytest.raises((OutcomeUnknown, GatewayProtocolError)):
        await query(gateway)
    assert len(server.requests) == 1
    await query(gateway)
    await gateway.aclose()


async def test_the_bare_library_transport_is_not_believed_either(server, query, broken_answer):
    """httpx-aiohttp plugged in as it is: a disconnect that it calls a connect timeout."""
    server.script, server.close_after = [broken_answer], True
    gateway = server.gateway(AiohttpTransport())
    with pytest.raises((OutcomeUnknown, GatewayProtocolError)):
        await query(gateway)
    await gateway.aclose()


async def test_a_refused_connection_sent_nothing(server, query, dead_port):
    """And the message names the address."""
    server.port = dead_port
    gateway = server.gateway(PooledTransport())
    with pytest.raises(NotSent, match=str(dead_port)):
        await query(gateway)
    assert gateway.counts().connections_opened == 0
    await gateway.aclose()


async def test_r4_a_hanging_answer_costs_its_connection_and_nothing_else(server, query, jump):
    """It is closed, not returned to the pool; the only slot is free again."""
    server.script = [None]
    transport = PooledTransport(max_connections=1)
    hanging = asyncio.create_task(query(server.gateway(transport, timeout_s=60.0)))
    await server.asked.wait()
    jump(60)
    with pytest.raises(OutcomeUnknown):
        await hanging
    await query(server.gateway(transport))
    assert server.connections == 2
    await transport.aclose()


async def test_a_timeout_while_waiting_for_a_connection_sent_nothing(server, query):
    """The pool is full; that is known, so the call may be made again."""
    server.script = [None]
    transport = PooledTransport(max_connections=1)
    patient = server.gateway(transport, timeout_s=60.0)
    hurried = server.gateway(transport, timeout_s=0.05)
    first = asyncio.create_task(query(patient))
    await server.asked.wait()
    with pytest.raises(NotSent):
        await query(hurried)
    first.cancel()
    await asyncio.wait((first,))
    assert len(server.requests) == 1
    await transport.aclose()


async def test_an_oversize_answer_costs_its_connection(server, query):
    """What was not read cannot be mistaken for the next answer."""
    server.script = [b"HTTP/1.1 200 OK\r\ncontent-length: 200000\r\n\r\n" + b"x" * 200_000]
    gateway = server.gateway(PooledTransport())
    with pytest.raises(GatewayProtocolError, match="longer"):
        await query(gateway)
    await query(gateway)
    assert server.connections == 2
    await gateway.aclose()


async def test_cookies_are_not_kept(server, query):
    """A gateway cannot tie payments of different shoppers together."""
    body = b'{"statusCode":"2003","statusMessage":"?"}'
    head = b"HTTP/1.1 200 OK\r\nset-cookie: a=b\r\ncontent-length: %d\r\n\r\n" % len(body)
    server.script = [head + body]
    gateway = server.gateway(PooledTransport())
    with pytest.raises(Exception, match="2003"):
        await query(gateway)
    await query(gateway)
    assert b"cookie" not in server.requests[1].lower()
    await gateway.aclose()


async def test_no_header_is_sent_twice_or_unasked(server, query):
    """One host, one length, no compression: what we wrote is what leaves."""
    gateway = server.gateway(PooledTransport())
    await query(gateway)
    head = server.requests[0].split(b"\r\n\r\n")[0].lower().split(b"\r\n")[1:]
    names = sorted(line.split(b":")[0] for line in head)
    assert names == sorted(
        [
            b"accept",
            b"accept-encoding",
            b"authorization",
            b"content-length",
            b"content-type",
            b"host",
            b"user-agent",
            b"x-app-key",
        ]
    )
    assert b"accept-encoding: identity" in head
    await gateway.aclose()


async def test_a_server_that_speaks_no_tls_was_sent_nothing(server, query):
    """The handshake fails before the request; the trust is the caller's."""
    transport = PooledTransport(ssl_context=ssl.create_default_context())
    gateway = server.gateway(transport, scheme="https", timeout_s=0.2)
    with pytest.raises(NotSent):
        await query(gateway)
    assert server.requests == []
    await gateway.aclose()


async def test_it_serves_an_ordinary_httpx_client_too(server):
    """It is a transport like any other."""
    async with httpx.AsyncClient(transport=PooledTransport()) as client:
        response = await client.post(f"http://127.0.0.1:{server.port}/", content=b"{}")
    assert response.json()["statusCode"] == "0000"


async def test_nothing_is_left_behind_after_closing(server, query):
    """No warning about unclosed sessions or sockets, used or not."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        used, unused = PooledTransport(), PooledTransport()
        await query(server.gateway(used))
        await used.aclose()
        await unused.aclose()
        del used, unused
        gc.collect()
    assert [str(warning.message) for warning in heard] == []
    assert server.connections == 1
