"""One connection to the merchant: HTTP/1.1 with a bound on what a request holds besides its body.

Uvicorn bounds neither headers nor trailers, and its parser copies a header again for each piece
that arrives: one that never ends takes the processor from everybody else long before memory is
full.
"""

from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["MAX_FRAMING_BYTES", "MAX_HEAD_BYTES", "Guest"]

MAX_HEAD_BYTES: Final = 64 * 1024
"""Of request line and headers; browsers and proxies allow 8 to 32 kB."""

MAX_FRAMING_BYTES: Final = 1024 * 1024
"""Of a request without its body: head, sizes of chunks, trailers."""

_TOO_LARGE_HEAD: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class Guest(HttpToolsProtocol):
    """Turn a request away whose head or trailers do not end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asking = self._in_head = False
        self._framing_bytes = 0

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self._asking:
            return
        self._framing_bytes += len(data)
        limit = MAX_HEAD_BYTES if self._in_head else MAX_FRAMING_BYTES
        if self._framing_bytes > limit and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE_HEAD)
            self.transport.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._asking = self._in_head = True
        self._framing_bytes = 0

    def on_headers_complete(self) -> None:
        self._in_head = False
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._framing_bytes -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._asking = False
        super().on_message_complete()
