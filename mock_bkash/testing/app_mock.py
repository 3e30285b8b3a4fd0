"""A mock in the test's own process: an ASGI app, with no socket and no port."""

import asyncio
from collections.abc import Coroutine
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import unquote, urlsplit

from mock_bkash.app import create_app
from mock_bkash.asgi import Message, Scope
from mock_bkash.config import MockConfig
from mock_bkash.testing.credentials import Credentials
from mock_bkash.testing.extra import extra
from mock_bkash.testing.mock import MockBkash
from mock_bkash.testing.reply import MockError, Reply
from mock_bkash.testing.side_loop import SideLoop

if TYPE_CHECKING:
    from mock_bkash.testing.transport import MockTransport

__all__ = ["APP_ORIGIN", "AppMock"]

T = TypeVar("T")

APP_ORIGIN: Final = "http://bkash.test"


class AppMock(MockBkash):
    """Steer a mock that is an ASGI app.

    Attributes:
        app: for `httpx.ASGITransport(app=…)` or any ASGI server.
    """

    def __init__(
        self,
        config: MockConfig,
        *,
        side_loop: SideLoop,
        origin: str = APP_ORIGIN,
        credentials: Credentials | None = None,
    ) -> None:
        """Make the app; `side_loop` serves callers that have no event loop of their own."""
        super().__init__(
            origin=origin,
            credentials=credentials or Credentials.unique(),
            ask=self._ask_app,
        )
        self.app = create_app(config)
        self._side_loop = side_loop

    @cached_property
    def transport(self) -> "MockTransport":
        """Return a transport for `httpx.Client` and `httpx.AsyncClient`.

        It keeps timeouts and breaks as a socket does, which `httpx.ASGITransport` does not.

        Raises:
            MockError: httpx is not installed.
        """
        with extra("httpx"):
            from mock_bkash.testing.transport import MockTransport
        return MockTransport(self.app, side_loop=self._side_loop)

    def _ask_app(self, method: str, target: str, *, body: bytes = b"", kind: str = "") -> Reply:
        doing = self._answer(method, target, body, kind)
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return self._side_loop.run(doing)
        return _finish(doing)

    async def _answer(self, method: str, target: str, body: bytes, kind: str) -> Reply:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(_scope(method, target, kind), receive, send)
        headers = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
        return Reply(sent[0]["status"], headers, b"".join(m.get("body", b"") for m in sent))


def _scope(method: str, target: str, kind: str) -> Scope:
    parts = urlsplit(target)
    return {
        "type": "http",
        "method": method,
        "path": unquote(parts.path),
        "query_string": parts.query.encode(),
        "headers": [(b"content-type", kind.encode())] if kind else [],
        "client": ("127.0.0.1", 0),
    }


def _finish(doing: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine inside a running loop without giving that loop a turn.

    The mock's time is that loop's, so it must be here; and nothing that a test asks for waits.
    """
    try:
        doing.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    doing.close()
    raise MockError("this would have to wait, by a fault that was injected: use a client for it")
