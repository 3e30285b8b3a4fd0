"""An answer that is known as a whole leaves in one piece, and looks like any other."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from mock_bkash.asgi import Receive, Scope, Send, read_body, send_json
from mock_bkash.visitor import Visitor

HEADERS = b"content-type: application/json\r\ncontent-length: 2\r\nx-a: b\r\n"


class Wire(asyncio.Transport):
    """Keep what was done with a transport."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[object] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.done.append(bytes(data))

    def close(self) -> None:
        self.done.append("close")

    def is_closing(self) -> bool:
        return "close" in self.done

    def resume_reading(self) -> None: ...

    def pause_reading(self) -> None: ...

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return default


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    await read_body(dict(scope["headers"]), receive)
    await send_json(send, status=200, body=b"{}", extra=((b"x-a", b"b"),))


async def answered(*requests: bytes) -> Sequence[object]:
    state = ServerState()
    state.default_headers = [(b"date", b"today")]
    wire = Wire()
    visitor = Visitor(
        config=Config(answer, lifespan="off", ws="none", log_config=None),
        server_state=state,
        app_state={},
        _loop=asyncio.get_running_loop(),
    )
    visitor.connection_made(wire)
    for request in requests:
        visitor.data_received(request)
    for _ in range(10):
        await asyncio.sleep(0)
    done = list(wire.done)
    visitor.connection_lost(None)
    return done


def request(method: str, *, version: str = "1.1", header: str = "") -> bytes:
    return f"{method} / HTTP/{version}\r\nhost: x\r\n{header}\r\n".encode()


async def test_an_answer_leaves_in_one_piece():
    """Status, headers and body in a single write, the server's own headers first."""
    whole = b"HTTP/1.1 200 OK\r\ndate: today\r\n" + HEADERS + b"\r\n{}"
    assert await answered(request("POST")) == [whole]


async def test_calls_in_a_row_are_each_answered_once():
    """Requests that were sent without waiting get their answers in order."""
    done = await answered(request("POST") * 3)
    assert len(done) == 3
    assert len(set(done)) == 1


@pytest.mark.parametrize(
    "asked",
    [request("POST", version="1.0"), request("POST", header="connection: close\r\n")],
    ids=["HTTP/1.0", "close"],
)
async def test_who_wants_no_more_is_told_so_and_let_go(asked: bytes):
    """The header says that the connection ends, and it does."""
    (whole, *rest) = await answered(asked)
    assert isinstance(whole, bytes)
    assert whole.endswith(b"x-a: b\r\nconnection: close\r\n\r\n{}")
    assert rest == ["close"]


async def test_a_head_request_gets_no_body():
    """The head alone, with the length that the body would have."""
    written = b"".join(part for part in await answered(request("HEAD")) if isinstance(part, bytes))
    assert b"content-length: 2\r\n" in written
    assert written.endswith(b"\r\n\r\n")


async def test_who_has_left_gets_nothing():
    """Nothing is written to a connection that is gone."""
    state, wire = ServerState(), Wire()
    visitor = Visitor(
        config=Config(answer, lifespan="off", ws="none", log_config=None),
        server_state=state,
        app_state={},
        _loop=asyncio.get_running_loop(),
    )
    visitor.connection_made(wire)
    visitor.data_received(request("POST"))
    visitor.connection_lost(ConnectionResetError())
    for _ in range(10):
        await asyncio.sleep(0)
    assert wire.done == []
    assert not state.tasks


async def test_an_answer_that_comes_too_late_goes_nowhere():
    """The call was carried out; whoever asked has hung up meanwhile."""
    done: list[str] = []

    async def late(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0)
        await send_json(send, status=200, body=b"{}")
        done.append("sent")

    state, wire = ServerState(), Wire()
    visitor = Visitor(
        config=Config(late, lifespan="off", ws="none", log_config=None),
        server_state=state,
        app_state={},
        _loop=asyncio.get_running_loop(),
    )
    visitor.connection_made(wire)
    visitor.data_received(request("POST"))
    await asyncio.sleep(0)
    visitor.connection_lost(ConnectionResetError())
    for _ in range(10):
        await asyncio.sleep(0)
    assert (done, wire.done) == (["sent"], [])


async def test_who_was_turned_away_is_told_once():
    """What still comes along a connection that is closing changes nothing."""
    endless = b"GET / HTTP/1.1\r\nx: " + b"a" * 70_000
    (told, *rest) = await answered(endless, b"a" * 70_000, b"a" * 70_000)
    assert isinstance(told, bytes)
    assert told.startswith(b"HTTP/1.1 431 ")
    assert rest == ["close"]
