"""One answer on its way to the client, and the connection under it, for whoever spoils it.

Over our own server a connection can be reset and closed. In an in-process transport there is none,
so breaking it raises `AnswerLost` out of the app: `ConnectionError` is what a client would get.
"""

import asyncio

from mock_bkash.asgi import Receive, Send
from mock_bkash.connection import Line
from mock_bkash.operation.work import Answer

__all__ = ["AnswerLost", "Exchange", "Header"]

Header = tuple[bytes, bytes]


class AnswerLost(ConnectionResetError):
    """The connection broke, by a fault that was asked for, where there is none to break.

    Attributes:
        orderly: whether it was closed (FIN) and not reset (RST).
        half_sent: whether the request never arrived whole.
    """

    def __init__(self, *, orderly: bool = False, half_sent: bool = False) -> None:
        super().__init__("the mock closed the connection" if orderly else "connection reset")
        self.orderly = orderly
        self.half_sent = half_sent


class Exchange:
    """Send an answer in any way but the usual one.

    Attributes:
        wall_s_per_s: wall seconds per modelled second.
    """

    def __init__(
        self,
        *,
        receive: Receive,
        send: Send,
        line: Line | None,
        headers: tuple[Header, ...],
        wall_s_per_s: float,
    ) -> None:
        """Take what ASGI gave; `headers` go with every answer."""
        self.wall_s_per_s = wall_s_per_s
        self._receive = receive
        self._send = send
        self._line = line
        self._headers = headers

    async def start(
        self,
        answer: Answer,
        *,
        size_bytes: int | None = None,
        content_type: bytes = b"application/json",
        headers: tuple[Header, ...] = (),
    ) -> None:
        """Send the head of an answer whose body will have that size; None: nobody knows yet."""
        named = [(b"content-type", content_type), *self._headers, *headers]
        if size_bytes is not None:
            named.append((b"content-length", b"%d" % size_bytes))
        status = answer.status
        await self._send({"type": "http.response.start", "status": status, "headers": named})

    async def part(self, body: bytes, *, last: bool = False) -> None:
        """Send a part of the body."""
        await self._send({"type": "http.response.body", "body": body, "more_body": not last})

    async def reset(self, *, half_sent: bool = False) -> None:
        """Reset the connection.

        Raises:
            AnswerLost: there is none to reset.
        """
        if self._line is None:
            raise AnswerLost(half_sent=half_sent)
        self._line.reset()
        await self._left()

    async def close(self) -> None:
        """Close the connection after what was sent.

        Raises:
            AnswerLost: there is none to close.
        """
        if self._line is None:
            raise AnswerLost(orderly=True)
        self._line.close()
        await self._left()

    async def left_within(self, patience_s: float) -> bool:
        """Wait for the client to leave, modelled seconds; return whether it did."""
        leaving = asyncio.get_running_loop().create_task(self._left())
        try:
            left, _ = await asyncio.wait({leaving}, timeout=patience_s * self.wall_s_per_s)
        finally:
            leaving.cancel()
        return bool(left)

    async def _left(self) -> None:
        # An app that returns before its server knows that the connection is gone is taken for one
        # that forgot to answer.
        while (await self._receive())["type"] != "http.disconnect":
            pass
