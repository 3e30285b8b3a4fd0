"""How an answer reaches the client under a fault, on real connections."""

import asyncio
import gzip
import json
from typing import Any

import pytest

from harness.simulation import run_virtual
from mock_bkash.injection import AnswerLost

pytestmark = pytest.mark.real_time


def body_of(answer: bytes) -> bytes:
    return answer.partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize(("moment", "created"), [("before", 0), ("after", 1)])
async def test_a_reset_is_a_reset(open_live, moment: str, created: int):
    """R1: RST and no byte; the call was carried out or not, as asked."""
    async with open_live() as live:
        with pytest.raises(ConnectionResetError):
            await live.create(x_mock_fault=f"reset;moment={moment}")
        assert await live.count("payments_created") == created


async def test_half_a_request_is_a_reset_too(open_live):
    """At once, whatever the profile says."""
    async with open_live() as live:
        with pytest.raises(ConnectionResetError):
            await live.create(x_mock_fault="half_sent")
        assert await live.count("payments_created") == 0


async def test_a_close_is_an_orderly_end_without_a_byte(open_live):
    """FIN: the client reads nothing, and no error."""
    async with open_live() as live:
        assert await live.create(x_mock_fault="close;moment=after") == b""
        assert await live.count("payments_created") == 1


async def test_a_hang_lasts_until_the_client_leaves(open_live):
    """R4: and keeps nobody else waiting."""
    async with open_live() as live:
        hanging = asyncio.create_task(live.create(x_mock_fault="hang;moment=after"))
        while await live.count("payments_created") == 0:
            pass
        await asyncio.wait([hanging], timeout=0.2)
        assert not hanging.done()
        hanging.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hanging
        assert await live.count("payments_created") == 1


async def test_a_hang_ends_at_last(open_live):
    """With a closed connection, after the seconds that were asked for."""
    async with open_live() as live:
        assert await live.create(x_mock_fault="hang;seconds=0.05") == b""


async def test_a_truncated_answer_ends_in_the_middle(open_live):
    """R5: the head promises more than comes."""
    async with open_live() as live:
        answer = await live.create(x_mock_fault="truncate;share=0.25")
        head, _, body = answer.partition(b"\r\n\r\n")
        promised = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        assert len(body) == promised // 4
        assert await live.count("payments_created") == 1


async def test_a_dribble_comes_byte_by_byte(open_live):
    """R34: the whole answer, in as many parts as it has bytes."""
    async with open_live() as live:
        reader, writer = await live.connect()
        asked = "dribble;bytes_per_s=500"
        writer.write(live.request("query", b'{"paymentID":"?"}', x_mock_fault=asked))
        await reader.readuntil(b"\r\n\r\n")
        parts = [await reader.read(4096) for _ in range(10)]
        assert all(len(part) <= 3 for part in parts)
        writer.close()
        assert await live.count("calls") == {"token_grant": 1, "query_payment": 1}


async def test_a_dribble_arrives_whole(open_live):
    """For a client that has the patience."""
    async with open_live() as live:
        answer = await live.call("query", b"{}", x_mock_fault="dribble;bytes_per_s=100000")
        assert json.loads(body_of(answer))["statusCode"] == "2065"


async def test_a_huge_answer_is_valid_and_huge(open_live):
    """R5: ten megabytes of one JSON object."""
    async with open_live() as live:
        body = body_of(await live.create(x_mock_fault="huge"))
        assert len(body) == 10_000_000
        assert json.loads(body)["statusCode"] == "0000"


async def test_a_gzip_bomb_unpacks_to_a_hundred_megabytes(open_live):
    """S13: a hundred kilobytes on the line."""
    async with open_live() as live:
        reader, writer = await live.connect()
        writer.write(live.request("query", b"{}", x_mock_fault="gzip_bomb", connection="close"))
        head = await reader.readuntil(b"\r\n\r\n")
        assert b"content-encoding: gzip\r\n" in head
        assert b"transfer-encoding: chunked\r\n" in head
        packed = b""
        while (size := int(await reader.readline(), 16)) > 0:
            packed += await reader.readexactly(size)
            await reader.readline()
        writer.close()
        assert len(packed) < 200_000
        assert 98_000_000 < len(gzip.decompress(packed)) <= 100_000_000


@pytest.mark.parametrize(
    ("asked", "header"),
    [
        ("status;status=429;retry_after=2", b"retry-after: 2\r\n"),
        ("html", b"content-type: text/html; charset=utf-8\r\n"),
        ("malformed", b"content-type: application/json\r\n"),
        ("delay;seconds=0.01", b"server-timing: model;dur=10.000\r\n"),
    ],
)
async def test_whole_answers_keep_their_connection(open_live, asked: str, header: bytes):
    """Only the content is wrong; the next call goes over the same line."""
    async with open_live() as live:
        reader, writer = await live.connect()
        for fault in (asked, "delay;seconds=0"):
            writer.write(live.request("query", b"{}", x_mock_fault=fault))
            head = await reader.readuntil(b"\r\n\r\n")
            assert fault != asked or header in head
            length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
            body = await reader.readexactly(int(length))
        assert json.loads(body)["statusCode"] == "2065"
        writer.close()


def test_in_process_a_dribble_ends_with_its_client(open_shop):
    """No socket says so, but the transport does."""

    async def main() -> None:
        shop = open_shop()
        await shop.grant()
        sent: list[Any] = []
        body = [{"type": "http.request", "body": b"{}", "more_body": False}]
        leaves_s = asyncio.get_running_loop().time() + 2.5

        async def receive() -> Any:
            if body:
                return body.pop()
            await asyncio.sleep(leaves_s - asyncio.get_running_loop().time())
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        guard = {"authorization": shop.id_token, "x-app-key": "shop", "x-mock-fault": "dribble"}
        scope = {
            "type": "http",
            "method": "POST",
            "path": "/v1.2.0-beta/tokenized/checkout/payment/status",
            "headers": [(name.encode(), value.encode()) for name, value in guard.items()],
        }
        await shop.http._transport.app(scope, receive, send)
        assert [message.get("body") for message in sent[1:]] == [b"{", b'"']

    run_virtual(main())


async def test_in_process_what_breaks_is_raised(open_shop):
    """As the error of a broken connection; of a truncated answer the first part came."""
    shop = open_shop(approve="auto")
    await shop.grant()
    for asked in ("reset", "close", "truncate", "hang;seconds=0.01"):
        with pytest.raises(AnswerLost):
            await shop.call("create", shop.order(), x_mock_fault=asked)
