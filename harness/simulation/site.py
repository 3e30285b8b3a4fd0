"""A server in the virtual network: it runs an ASGI application as a server over sockets does.

Each request is a task of its own, in a context of its own. A client that goes away does not stop
it: the application may notice (`http.disconnect`) and otherwise finishes what it began.
"""

import asyncio
import logging
import math
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import Context
from dataclasses import dataclass
from typing import Any, Final

from msgspec import Struct

from harness.simulation.slots import Slots
from mock_bkash.injection import AnswerLost

__all__ = ["ASGIApp", "RawAnswer", "RawHeaders", "Receive", "Scope", "Send", "ServiceTime", "Site"]

_LOG = logging.getLogger(__name__)

KEEP_ALIVE_S: Final = 75.0
"""Idle life of a connection on the server's side; the mock's own server has the same."""

RawHeaders = list[tuple[bytes, bytes]]
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class ServiceTime:
    """Model the processor of a server: `slots` workers, each busy a fixed time with a request.

    Waiting for others (bKash, the database) keeps no worker busy: the server is asynchronous.

    Attributes:
        slots: workers.
        service_s: processor time of one request, modelled seconds.

    Raises:
        ValueError: a value outside its range; the message begins with the attribute's name.
    """

    slots: int
    service_s: float

    def __post_init__(self) -> None:
        """Refuse what is no server."""
        if self.slots < 1:
            raise ValueError(f"slots: must be 1 or more, got {self.slots}")
        if not 0 <= self.service_s < math.inf:
            raise ValueError(
                f"service_s: must be a finite number, 0 or more, got {self.service_s:g}"
            )


class RawAnswer(Struct, frozen=True, gc=False):
    """Hold an answer as the application gave it.

    Attributes:
        status: HTTP status.
        headers: as the application sent them.
        body: all of it.
    """

    status: int
    headers: RawHeaders
    body: bytes


_FAILED: Final = RawAnswer(500, [(b"content-type", b"text/plain")], b"Internal Server Error")


class Site:
    """Serve one application.

    Attributes:
        keep_alive_s: how long an idle connection is kept.
        requests: how many came.
        failures: errors of the application, by their words; each was somebody's 500.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        keep_alive_s: float = KEEP_ALIVE_S,
        service: ServiceTime | None = None,
    ) -> None:
        """Serve `app`; without a service time its processor is infinitely fast."""
        self.keep_alive_s = keep_alive_s
        self.requests = 0
        self.failures: Counter[str] = Counter()
        self._app = app
        self._service_s = 0.0 if service is None else service.service_s
        self._workers = None if service is None else Slots(service.slots)
        self._tasks: dict[_Call, asyncio.Task[None]] = {}

    async def serve(self, scope: Scope, body: bytes) -> RawAnswer:
        """Let the application answer one request.

        Raises:
            AnswerLost: the mock broke the connection on purpose.
        """
        self.requests += 1
        loop = asyncio.get_running_loop()
        call = _Call(loop, body)
        # A fresh context: over a socket nothing of the client's (its trace, its timeline) is there.
        self._tasks[call] = loop.create_task(self._run(scope, call), context=Context())
        try:
            return await call.answered
        except asyncio.CancelledError:
            call.leave()
            raise

    async def close(self) -> None:
        """End requests that are still running, as a server that is stopped does."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, scope: Scope, call: "_Call") -> None:
        if self._workers is not None:
            await self._workers.take()
            try:
                await asyncio.sleep(self._service_s)
            finally:
                self._workers.give_back()
        try:
            await self._app(scope, call.receive, call.send)
        except AnswerLost as lost:
            # A fault that was asked for: no failure of the server, but its connection is gone.
            call.break_off(lost)
        except Exception as error:
            # The front door of a server: one request's failure is its 500 and nobody else's.
            _LOG.exception("%s %s failed", scope["method"], scope["path"])
            self.failures[f"{type(error).__name__}: {error}"] += 1
        finally:
            call.end()
            # By hand and not by a callback, which would be one more turn of the loop for each.
            del self._tasks[call]


class _Call:
    """Be the two ends of an ASGI call."""

    __slots__ = ("_body", "_chunks", "_given", "_gone", "_headers", "_status", "answered")

    def __init__(self, loop: asyncio.AbstractEventLoop, body: bytes) -> None:
        self.answered: asyncio.Future[RawAnswer] = loop.create_future()
        self._body = body
        self._given = False
        self._gone: asyncio.Future[None] | None = None
        self._status = 0
        self._headers: RawHeaders = []
        self._chunks: list[bytes] = []

    async def receive(self) -> Message:
        if not self._given:
            self._given = True
            return {"type": "http.request", "body": self._body, "more_body": False}
        if not self.answered.done():
            self._gone = asyncio.get_running_loop().create_future()
            await self._gone
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._headers = list(message.get("headers", ()))
            return
        self._chunks.append(message.get("body", b""))
        if not message.get("more_body", False) and not self.answered.done():
            self.answered.set_result(RawAnswer(self._status, self._headers, b"".join(self._chunks)))
            self.leave()

    def leave(self) -> None:
        """Tell an application that listens for it that its client is gone."""
        if self._gone is not None and not self._gone.done():
            self._gone.set_result(None)

    def break_off(self, lost: AnswerLost) -> None:
        """Break the connection, if anybody still waits on it."""
        if not self.answered.done():
            self.answered.set_exception(lost)

    def end(self) -> None:
        """Answer for an application that ended without an answer."""
        if not self.answered.done():
            self.answered.set_result(_FAILED)
