"""The few ASGI messages the gateway needs, without a framework between."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, Final

__all__ = [
    "MAX_BODY_BYTES",
    "WHOLE_KEY",
    "App",
    "BodyTooLarge",
    "ClientGone",
    "Message",
    "Receive",
    "Scope",
    "Send",
    "read_body",
    "send_json",
]

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY_BYTES: Final = 64 * 1024
"""bKash's requests are under 2 kB; the bound is for those that are none."""


WHOLE_KEY: Final = "mock_bkash.body"
"""Where the message that starts an answer brings the body along, for a server that can use it."""

MAX_DIGITS: Final = 20
"""Of a length that is announced: 2**64 has as many."""


class BodyTooLarge(ValueError):
    """The body is longer than allowed; the rest of it was not kept."""


class ClientGone(ConnectionError):
    """The client left before its request was complete: it must not take effect."""


async def read_body(
    headers: Mapping[bytes, bytes], receive: Receive, *, limit_bytes: int = MAX_BODY_BYTES
) -> bytes:
    """Return the whole body of a request.

    Raises:
        BodyTooLarge: it is, or says it is, longer than the limit.
        ClientGone: the client left in the middle of it.
    """
    announced = headers.get(b"content-length", b"0")
    # Python refuses to read numbers of thousands of digits.
    if announced.isdigit() and (len(announced) > MAX_DIGITS or int(announced) > limit_bytes):
        raise BodyTooLarge
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        part: bytes = message.get("body", b"")
        body += part
        if len(body) > limit_bytes:
            raise BodyTooLarge
        if not message.get("more_body", False):
            return body


async def send_json(
    send: Send, *, status: int, body: bytes, extra: tuple[tuple[bytes, bytes], ...] = ()
) -> None:
    """Send a whole answer; its headers are taken for well-formed."""
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(body)),
        *extra,
    ]
    start = {"type": "http.response.start", "status": status, "headers": headers, WHOLE_KEY: body}
    await send(start)
    await send({"type": "http.response.body", "body": body})
