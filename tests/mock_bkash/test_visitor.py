"""One connection of the server, and what it may cost."""

import asyncio
import contextlib
import json

import pytest

from mock_bkash import visitor

pytestmark = pytest.mark.real_time


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor, "REQUEST_S", 0.2)
    monkeypatch.setattr(visitor, "IDLE_S", 0.2)
    monkeypatch.setattr("mock_bkash.server.CHECK_TICKS", 1)


@pytest.mark.parametrize(
    "begun",
    [
        b"P",
        b"POST / HTTP/1.1\r\nhost: x\r\nx-a: ",
        b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{",
        b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
    ],
)
async def test_a_request_that_never_ends_is_given_up(open_live, impatient, begun: bytes):
    """S13: slowloris, at whatever point it stops, is 408 and a closed connection."""
    async with open_live() as live:
        reader, writer = await live.connect()
        writer.write(begun)
        assert (await reader.read()).startswith(b"HTTP/1.1 408 ")
        writer.close()
        assert (await live.create()).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("sent", [b"", b"\r\n"])
async def test_a_connection_that_never_asks_is_closed(open_live, impatient, sent: bytes):
    """Also one that only sends empty lines."""
    async with open_live() as live:
        reader, writer = await live.connect()
        writer.write(sent)
        assert await reader.read() == b""
        writer.close()


async def test_an_answer_may_take_longer_than_a_request(open_live, impatient):
    """Patience with the client is none with bKash: a call under way is not given up."""
    async with open_live() as live:
        answer = await live.create(x_mock_fault="delay;seconds=0.8")
        assert answer.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "endless",
    [
        (b"GET /", b"x" * 65_536),
        (b"GET / HTTP/1.1\r\nx: ", b"y" * 65_536),
        (b"GET / HTTP/1.1\r\n", b"a: b\r\n" * 10_000),
    ],
    ids=["path", "one header", "many headers"],
)
async def test_a_head_that_never_ends_is_refused(open_live, endless: tuple[bytes, bytes]):
    """431 after 64 KiB, whatever it consists of."""
    async with open_live() as live:
        reader, writer = await live.connect()
        begin, more = endless
        writer.write(begin)
        try:
            for _ in range(5):
                writer.write(more)
                await writer.drain()
                await asyncio.sleep(0.01)
            answer = await reader.read()
        except ConnectionError:
            answer = b""
        writer.close()
        # Whoever goes on sending meets a closed connection, and may miss the answer before it.
        assert answer[:13] in (b"HTTP/1.1 431 ", b"")
        assert (await live.create()).startswith(b"HTTP/1.1 200 ")


async def test_trailers_that_never_end_are_refused(open_live):
    """A body in chunks may have some behind; a mebibyte of them is enough."""
    async with open_live() as live:
        _, writer = await live.connect()
        guard = f"authorization: {live.token}\r\nx-app-key: shop\r\n"
        writer.write(
            f"POST /_mock/faults HTTP/1.1\r\nhost: x\r\n{guard}".encode()
            + b"transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
        )
        with contextlib.suppress(ConnectionError):
            for _ in range(40):
                writer.write(b"a: b\r\n" * 10_000)
                await writer.drain()
                await asyncio.sleep(0.005)
        assert writer.is_closing()
        writer.close()
        assert (await live.create()).startswith(b"HTTP/1.1 200 ")


async def test_a_body_in_the_smallest_chunks_is_taken(open_live):
    """Framing that weighs six times the body is odd, and legal."""
    async with open_live() as live:
        reader, writer = await live.connect()
        body = b'{"paymentID":"' + b"x" * 20_000 + b'"}'
        guard = f"authorization: {live.token}\r\nx-app-key: shop\r\nconnection: close\r\n"
        writer.write(
            b"POST /v1.2.0-beta/tokenized/checkout/execute HTTP/1.1\r\nhost: x\r\n"
            + guard.encode()
            + b"transfer-encoding: chunked\r\n\r\n"
            + b"".join(b"1\r\n%c\r\n" % byte for byte in body)
            + b"0\r\n\r\n"
        )
        answer = await reader.read()
        writer.close()
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["statusCode"] == "2002"


async def test_a_shut_door_refuses_new_connections_and_breaks_idle_ones(open_live):
    """The first row of the fault table; the call under way is answered, and then it opens again."""
    async with open_live() as live:
        idle_reader, idle_writer = await live.connect()
        idle_writer.write(live.request("query", b"{}"))
        await idle_reader.readuntil(b"\r\n\r\n")
        waiting = asyncio.create_task(live.create(x_mock_fault="delay;seconds=0.4"))
        await asyncio.sleep(0.1)
        admin_reader, admin_writer = await live.connect()
        body = b'{"shut_s":0.6}'
        admin_writer.write(
            b"POST /_mock/door HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n\r\n" % len(body) + body
        )
        assert b'{"shut_s":0.6}' in await admin_reader.readuntil(b"}")
        with pytest.raises(ConnectionRefusedError):
            await live.connect()
        # What came of the first answer, and then the end.
        with pytest.raises(ConnectionResetError):
            await idle_reader.read()
        assert (await waiting).startswith(b"HTTP/1.1 200 ")
        while True:
            try:
                answer = await live.create()
            except ConnectionRefusedError:
                await asyncio.sleep(0.05)
                continue
            break
        assert answer.startswith(b"HTTP/1.1 200 ")
        for writer in (idle_writer, admin_writer):
            writer.close()


async def test_a_thousand_idle_connections_keep_nobody_waiting(open_live):
    """S13: others are served as if they were not there."""
    async with open_live() as live:
        lines = [await live.connect() for _ in range(1000)]
        assert (await live.create()).startswith(b"HTTP/1.1 200 ")
        for _, writer in lines:
            writer.close()
