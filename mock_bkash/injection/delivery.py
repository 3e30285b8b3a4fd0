"""How an answer reaches the client under a fault: not at all, in part, slowly, or as a flood."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from mock_bkash.fault import Fault, Kind
from mock_bkash.injection.body import gzip_bomb, padded_body
from mock_bkash.injection.exchange import Exchange
from mock_bkash.operation.work import Answer

__all__ = ["deliver"]

Delivery = Callable[[Fault, Answer, Exchange], Awaitable[None]]


async def deliver(fault: Fault, answer: Answer, exchange: Exchange) -> None:
    """Send an answer as the fault wants it.

    Raises:
        AnswerLost: the connection is to break, and there is none.
    """
    await _DELIVERIES.get(fault.kind, _whole)(fault, answer, exchange)


async def _whole(fault: Fault, answer: Answer, exchange: Exchange) -> None:
    headers = ((b"retry-after", fault.retry_after.encode()),) if fault.retry_after else ()
    kind = b"text/html; charset=utf-8" if fault.kind is Kind.HTML else b"application/json"
    await exchange.start(answer, size_bytes=len(answer.body), content_type=kind, headers=headers)
    await exchange.part(answer.body, last=True)


async def _reset(fault: Fault, answer: Answer, exchange: Exchange) -> None:
    await exchange.reset(half_sent=fault.kind is Kind.HALF_SENT)


async def _close(fault: Fault, answer: Answer, exchange: Exchange) -> None:
    await exchange.close()


async def _hang(fault: Fault, answer: Answer, exchange: Exchange) -> None:
    if not await exchange.left_within(fault.seconds):
        await exchange.close()


async def _truncate(fault: Fault, answer: Answer, exchange: Exchange) -> None:
    await exchange.start(answer, size_bytes=len(answer.body))
    await exchange.part(answer.body[: int(len(answer.body) * fault.share)])
    await exchange.close()


async def _dribble(fault: Fault, answer: Answer, exchange: Exchange) -> None:
    body, pause_s = answer.body, 1 / fault.bytes_per_s
    await exchange.start(answer, size_bytes=len(body))
    for place in range(len(body)):
        if await exchange.left_within(pause_s):
            return
        await exchange.part(body[place : place + 1], last=place == len(body) - 1)


async def _flood(fault: Fault, answer: Answer, exchange: Exchange) -> None:
    size_bytes = max(fault.size_bytes, len(answer.body))
    await exchange.start(answer, size_bytes=size_bytes)
    for block in padded_body(answer.body, size_bytes=size_bytes):
        await exchange.part(block)
    await exchange.part(b"", last=True)


async def _bomb(fault: Fault, answer: Answer, exchange: Exchange) -> None:
    # Without a length, as servers that pack while they send do.
    await exchange.start(answer, headers=((b"content-encoding", b"gzip"),))
    for packed in gzip_bomb(answer.body, size_bytes=fault.size_bytes):
        await exchange.part(packed)
        # Each part stands for a mebibyte of checksum, and others want to be served meanwhile.
        await asyncio.sleep(0)
    await exchange.part(b"", last=True)


_DELIVERIES: Final[Mapping[Kind, Delivery]] = {
    Kind.RESET: _reset,
    Kind.HALF_SENT: _reset,
    Kind.CLOSE: _close,
    Kind.HANG: _hang,
    Kind.TRUNCATE: _truncate,
    Kind.DRIBBLE: _dribble,
    Kind.HUGE: _flood,
    Kind.GZIP_BOMB: _bomb,
}
