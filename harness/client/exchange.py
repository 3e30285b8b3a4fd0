"""One request and its whole answer: bounded in time and size, and honest about what was sent.

This is the edge. Foreign exceptions end here, and only two questions are asked of them: did the
request leave, and may the caller be told their text. A refused connection proves that nothing left.
A closed one proves nothing, however few bytes came back: the payment may have been executed.
"""

import asyncio
from dataclasses import dataclass, field

import aiohttp
import httpx

from harness.client.text import printable
from harness.errors import GatewayProtocolError, NotSent, OutcomeUnknown, PaymentError

__all__ = ["MAX_ANSWER_BYTES", "PROGRESS", "Answer", "Progress", "exchange"]

MAX_ANSWER_BYTES = 65_536
"""Largest body that is read. bKash's longest, a token answer, has 3 kB."""

PROGRESS = "bkash_progress"
"""Key of the request extension by which a transport tells how far it came."""

_MAX_ERROR_CHARS = 200

_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
)
"""Errors of getting a connection: no byte of the request can have left."""


@dataclass(slots=True)
class Progress:
    """Tell how far a request came.

    Attributes:
        sent: bytes of the request may have left. True unless the transport knows better.
    """

    sent: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold an answer as it came.

    Attributes:
        status: HTTP status.
        headers: HTTP headers; not shown by `repr` either.
        body: at most `MAX_ANSWER_BYTES`; not shown by `repr`, it may hold a token.
    """

    status: int
    headers: httpx.Headers = field(repr=False)
    body: bytes = field(repr=False)


class _UnreadableAnswer(Exception):
    """The answer is longer than any of bKash's, or written in a way that was not asked for."""


async def exchange(
    transport: httpx.AsyncBaseTransport,
    request: httpx.Request,
    *,
    timeout_s: float,
    phase: str,
    payment_id: str | None = None,
) -> Answer:
    """Send a request and read its answer, all of it within `timeout_s` wall seconds.

    Raises:
        NotSent: there was no connection to send it on, or no time.
        OutcomeUnknown: it may have left, and no whole answer came.
        GatewayProtocolError: the answer is too long, or compressed though that was not asked for.
    """
    if timeout_s <= 0:
        raise NotSent(f"{phase}: no time was left to send it", phase=phase, payment_id=payment_id)
    progress = Progress()
    request.extensions[PROGRESS] = progress
    # `from None`, and not `from error`: the text of a foreign error can quote the answer, and its
    # frames hold the request. Both may contain tokens, and tracebacks end up in logs.
    try:
        async with asyncio.timeout(timeout_s):
            return await _send(transport, request)
    except _UnreadableAnswer as error:
        raise GatewayProtocolError(
            f"{phase}: {error}", phase=phase, payment_id=payment_id
        ) from None
    except TimeoutError as error:
        problem = f"no answer within {timeout_s:g} s"
        raise _failure(problem, _proves_not_sent(error, progress), phase, payment_id) from None
    except (httpx.HTTPError, aiohttp.ClientError, OSError) as error:
        not_sent = _proves_not_sent(error, progress)
        raise _failure(_describe(error, not_sent), not_sent, phase, payment_id) from None


async def _send(transport: httpx.AsyncBaseTransport, request: httpx.Request) -> Answer:
    response = await transport.handle_async_request(request)
    try:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise _UnreadableAnswer("the answer is compressed, which was not asked for")
        body = await _read(response)
    finally:
        await response.aclose()
    return Answer(response.status_code, response.headers, body)


async def _read(response: httpx.Response) -> bytes:
    # Past httpx's decoders, straight from the stream: nothing is decompressed, and the limit holds
    # while reading, not afterwards.
    stream = response.stream
    assert isinstance(stream, httpx.AsyncByteStream), "an async transport answers asynchronously"
    chunks: list[bytes] = []
    size_bytes = 0
    async for chunk in stream:
        size_bytes += len(chunk)
        if size_bytes > MAX_ANSWER_BYTES:
            raise _UnreadableAnswer(f"the answer is longer than {MAX_ANSWER_BYTES} bytes")
        chunks.append(chunk)
    return b"".join(chunks)


def _proves_not_sent(error: Exception, progress: Progress) -> bool:
    if not progress.sent:
        return True
    # httpx-aiohttp calls *every* lost connection a ConnectTimeout, also one that was lost while the
    # gateway was executing the payment (its table maps aiohttp.ClientConnectionError, of which
    # ServerDisconnectedError is one). Its cause tells them apart.
    cause = error.__cause__
    if isinstance(cause, aiohttp.ClientError):
        return isinstance(cause, _NOT_SENT)
    return isinstance(error, _NOT_SENT)


def _describe(error: Exception, not_sent: bool) -> str:
    name = type(error).__name__
    # Without a connection there is no answer to quote; the text says which address refused.
    return f"{name}: {printable(str(error), max_chars=_MAX_ERROR_CHARS)}" if not_sent else name


def _failure(problem: str, not_sent: bool, phase: str, payment_id: str | None) -> PaymentError:
    if not_sent:
        return NotSent(f"{phase}: {problem}", phase=phase, payment_id=payment_id)
    return OutcomeUnknown(f"{phase}: sent, but {problem}", phase=phase, payment_id=payment_id)
