"""Laws of a connection to the merchant: whatever does not end is ended."""

import asyncio
from typing import Any

import pytest
import uvicorn

from harness.merchant.guest import MAX_HEAD_BYTES, Guest

pytestmark = pytest.mark.real_time

REQUEST = b"POST / HTTP/1.1\r\nhost: shop\r\n"
PIECE = b"a" * 16_384


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Read the whole body and answer its length."""
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        length += len(message["body"])
        more = message["more_body"]
    body = str(length).encode()
    headers = [(b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def answer_to(pieces: list[bytes]) -> bytes:
    """Send the pieces to a server of one connection and return all that comes back."""
    config = uvicorn.Config(app, http=Guest, ws="none", log_config=None, access_log=False)
    config.load()
    state = uvicorn.server.ServerState()
    server = await asyncio.get_running_loop().create_server(
        lambda: Guest(config=config, server_state=state, app_state={}), "127.0.0.1", 0
    )
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                # One piece, one read: the server sees them one after the other.
                await asyncio.sleep(0.002)
            return await reader.read()
        except ConnectionError:
            # It was turned away while we were still sending.
            return await reader.read() if not reader.exception() else b"HTTP/1.1 431"
        finally:
            writer.close()


async def test_header_that_does_not_end_is_refused():
    """At 64 KiB the connection is closed, whatever else may follow."""
    answer = await answer_to([REQUEST + b"x: ", *[PIECE] * (MAX_HEAD_BYTES // len(PIECE) + 1)])
    assert answer.startswith(b"HTTP/1.1 431")


async def test_trailers_that_do_not_end_are_refused():
    """They are headers that come later."""
    head = REQUEST + b"transfer-encoding: chunked\r\n\r\n0\r\nx: "
    answer = await answer_to([head, *[PIECE] * 66])
    assert answer.startswith(b"HTTP/1.1 431")


async def test_large_head_and_large_body_pass():
    """What is below the bound is served; a body is the app's to bound."""
    head = REQUEST + b"x: " + b"a" * 50_000 + b"\r\n"
    length = 130 * len(PIECE)
    pieces = [head, b"content-length: %d\r\n\r\n" % length, *[PIECE] * 130]
    assert (await answer_to(pieces)).endswith(b"\r\n\r\n%d" % length)
