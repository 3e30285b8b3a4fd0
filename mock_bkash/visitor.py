"""One connection of the mock's own server: HTTP/1.1, with limits on what a stranger may cost.

Uvicorn bounds neither the head of a request nor the time it takes to arrive. Without limits a few
connections that send a byte now and then (slowloris), or one that never ends its headers, could
occupy the mock for as long as they like.
"""

import asyncio
import re
import socket
import struct
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from mock_bkash.connection import SCOPE_KEY, Connection
from mock_bkash.cycle import Cycle

__all__ = ["IDLE_S", "MAX_HEAD_BYTES", "REQUEST_S", "Visitor"]

MAX_HEAD_BYTES: Final = 64 * 1024
"""Of request line and headers. An id_token has 1 kB; browsers and gateways allow 8 to 32 kB."""

MAX_FRAMING_BYTES: Final = 1024 * 1024
"""Of a request without its body: head, sizes of chunks, trailers. A body of 64 KiB in chunks of a
byte each has a third of that."""

REQUEST_S: Final = 20.0
"""Seconds from a request's first byte to its last: bKash's largest has 2 kB."""

READ_BYTES: Final = 32 * 1024
"""Most that is read at a time. asyncio asks for 256 KiB, which malloc fetches from the system and
gives back for each request anew; that took a tenth of the time of an answer."""

IDLE_S: Final = 75.0
"""Idle life of a connection; clients keep theirs for 5 to 60 s and should be the ones to close."""

_TOO_LARGE_HEAD: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)
_TOO_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"

# Java's HTTP client offers h2c with its first request on a connection. A server may pass over that
# (RFC 9110, 7.8), but the parser stops at it and the body behind is lost. So the offer is made
# unreadable, at the same length.
_H2C_OFFER: Final = re.compile(rb"(?i)(?<=\r\n)upgrade(?=: *h2c\r\n)")
_OFFER_PASSED_OVER: Final = b"x-offer"


class _SocketLine:
    """Break a connection of asyncio."""

    __slots__ = ("_transport",)

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport

    def reset(self) -> None:
        # With a linger time of 0 the system throws away what is unsent and sends RST, not FIN.
        line: socket.socket = self._transport.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()

    def close(self) -> None:
        self._transport.close()


class Visitor(HttpToolsProtocol):
    """Tell the app which connection a request came by, and keep its limits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._since_s = self.loop.time()
        self._asking = False
        self._in_head = False
        self._framing_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if hasattr(transport, "max_size"):  # asyncio's own have it
            transport.max_size = READ_BYTES
        self._connection = Connection(line=_SocketLine(transport))

    def data_received(self, data: bytes) -> None:
        if b"h2c" in data:
            data = _H2C_OFFER.sub(_OFFER_PASSED_OVER, data)
        super().data_received(data)
        if self._asking:
            self._framing_bytes += len(data)
            limit = MAX_HEAD_BYTES if self._in_head else MAX_FRAMING_BYTES
            if self._framing_bytes > limit:
                self._turn_away(_TOO_LARGE_HEAD)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["state"][SCOPE_KEY] = self._connection
        self._since_s = self.loop.time()
        self._asking = self._in_head = True
        self._framing_bytes = 0

    def on_headers_complete(self) -> None:
        self._in_head = False
        super().on_headers_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        # Uvicorn has no other place to name a class of one's own.
        cycle.__class__ = Cycle
        super()._start_asgi_task(cycle, app)

    def on_body(self, body: bytes) -> None:
        self._framing_bytes -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._asking = False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        self._since_s = self.loop.time()
        super().on_response_complete()
        # `check` looks after idle connections; a timer for each answer would cost more than it.
        self._unset_keepalive_if_required()

    def check(self, now_s: float) -> None:
        """End the connection if its request is too slow in coming, or none comes at all."""
        waited_s = now_s - self._since_s
        if self._asking:
            if waited_s > REQUEST_S:
                self._turn_away(_TOO_SLOW)
        elif self._is_idle() and waited_s > IDLE_S:
            self.transport.close()

    def break_idle(self) -> None:
        """Reset the connection unless it is waiting for an answer or still asking."""
        if not self._asking and self._is_idle():
            _SocketLine(self.transport).reset()

    def _is_idle(self) -> bool:
        # Uvicorn's own annotation forgets that there is none before the first request.
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    def _turn_away(self, answer: bytes) -> None:
        # What is under way on the connection is an answer that nobody reads any more, or none.
        if not self.transport.is_closing():
            self.transport.write(answer)
            self.transport.close()
