"""Laws of the edge: bounded in time and size, honest about what was sent, silent about secrets."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Callable

import aiohttp
import httpx
import pytest

from harness.client import PROGRESS, Progress
from harness.client.exchange import MAX_ANSWER_BYTES, Answer, exchange
from harness.errors import GatewayProtocolError, NotSent, OutcomeUnknown, PaymentError
from harness.simulation import run_virtual

URL = "http://127.0.0.1/execute"


def send(handler: Callable[..., object], *, timeout_s: float = 30.0) -> tuple[Answer, float]:
    """Exchange over a mock transport on virtual time; return the answer and the time it took."""

    async def main() -> tuple[Answer, float]:
        answer = await exchange(
            httpx.MockTransport(handler),  # type: ignore[arg-type]
            httpx.Request("POST", URL, content=b"{}"),
            timeout_s=timeout_s,
            phase="execute_payment",
            payment_id="TR1",
        )
        return answer, asyncio.get_running_loop().time()

    return run_virtual(main())


def failing(error: Exception, *, cause: Exception | None = None) -> Callable[..., object]:
    async def handler(request: httpx.Request) -> httpx.Response:
        raise error from cause

    return handler


def reporting(sent: bool, error: Exception) -> Callable[..., object]:
    async def handler(request: httpx.Request) -> httpx.Response:
        request.extensions[PROGRESS].sent = sent
        raise error

    return handler


def connector_error() -> aiohttp.ClientConnectorError:
    key = aiohttp.client_reqrep.ConnectionKey("h", 80, False, True, None, None, None)
    return aiohttp.ClientConnectorError(key, OSError(111, "Connection refused"))


def test_an_answer_comes_back_whole():
    """Status, headers and every byte."""
    answer, _ = send(lambda request: httpx.Response(418, headers={"a": "b"}, content=b"tea"))
    assert (answer.status, answer.headers["a"], answer.body) == (418, "b", b"tea")


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.PoolTimeout("full"),
        httpx.UnsupportedProtocol("gopher"),
        connector_error(),
        aiohttp.ConnectionTimeoutError("slow"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_without_a_connection_nothing_was_sent(error: Exception):
    """Refused, timed out while connecting, no free connection: the call may be made again."""
    with pytest.raises(NotSent) as caught:
        send(failing(error))
    assert (caught.value.phase, caught.value.payment_id) == ("execute_payment", "TR1")


@pytest.mark.parametrize(
    "error",
    [
        httpx.RemoteProtocolError("Server disconnected without sending a response."),
        httpx.ReadError("reset"),
        httpx.ReadTimeout("slow"),
        httpx.WriteError("broken pipe"),
        httpx.CloseError("?"),
        httpx.TimeoutException("?"),
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientPayloadError("truncated"),
        aiohttp.ClientOSError(104, "Connection reset by peer"),
        ConnectionResetError(104, "Connection reset by peer"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_r1_a_connection_lost_after_the_first_byte_proves_nothing(error: Exception):
    """Zero bytes of answer are no proof that the payment was not executed."""
    with pytest.raises(OutcomeUnknown):
        send(failing(error))


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        (aiohttp.ServerDisconnectedError(), OutcomeUnknown),
        (aiohttp.ClientOSError(104, "reset"), OutcomeUnknown),
        (connector_error(), NotSent),
        (aiohttp.ConnectionTimeoutError("slow"), NotSent),
        (OSError("refused"), NotSent),
    ],
    ids=lambda value: getattr(value, "__name__", type(value).__name__),
)
def test_a_disconnect_that_calls_itself_a_connect_timeout_is_not_believed(
    cause: Exception, expected: type[PaymentError]
):
    """httpx-aiohttp names every lost connection so; believing it would execute twice."""
    with pytest.raises(expected):
        send(failing(httpx.ConnectTimeout(""), cause=cause))


@pytest.mark.parametrize(
    ("sent", "expected"), [(True, OutcomeUnknown), (False, NotSent)], ids=["sent", "not sent"]
)
def test_a_transport_that_tells_how_far_it_came_is_believed(
    sent: bool, expected: type[PaymentError]
):
    """With that, a timeout while waiting for a connection is known to be harmless."""
    with pytest.raises(expected):
        send(reporting(sent, httpx.ReadError("")))
    with pytest.raises(expected):
        send(reporting(sent, TimeoutError()))


def test_a_transport_that_tells_nothing_may_have_sent():
    """The doubt is the default."""
    assert Progress().sent


def test_r4_a_gateway_that_never_answers_is_left_at_the_timeout():
    """Exactly then, on the loop's clock."""

    async def main() -> None:
        async def hang(request: httpx.Request) -> httpx.Response:
            await asyncio.sleep(1e6)
            raise AssertionError

        with pytest.raises(OutcomeUnknown, match="no answer within 30 s"):
            await exchange(
                httpx.MockTransport(hang),
                httpx.Request("POST", URL),
                timeout_s=30.0,
                phase="execute_payment",
            )
        assert asyncio.get_running_loop().time() == 30.0

    run_virtual(main())


def test_r34_a_dribbling_answer_is_left_at_the_timeout_too():
    """One byte a second defeats a read timeout, not a bound on the call; the body is closed."""
    closed = []

    async def dribble() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b" "
                await asyncio.sleep(1)
        finally:
            closed.append(True)

    with pytest.raises(OutcomeUnknown):
        send(lambda request: httpx.Response(200, content=dribble()), timeout_s=10.5)
    assert closed == [True]


@pytest.mark.parametrize("timeout_s", [0.0, -1.0])
def test_without_time_nothing_is_sent(timeout_s: float):
    """A deadline that has passed is noticed before, not after."""

    async def handler(request: httpx.Request) -> httpx.Response:
        raise AssertionError("sent")

    with pytest.raises(NotSent, match="no time"):
        send(handler, timeout_s=timeout_s)


def test_r5_an_oversize_answer_is_not_read_to_its_end():
    """Memory is bounded while reading: of 10 MB no more than the limit and a chunk is taken."""
    taken = []

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(10_000):
            taken.append(1_000)
            yield b"x" * 1_000

    with pytest.raises(GatewayProtocolError, match="longer than"):
        send(lambda request: httpx.Response(200, content=endless()))
    assert sum(taken) <= MAX_ANSWER_BYTES + 1_000


def test_an_answer_of_the_largest_size_is_read():
    """The limit is inclusive."""
    answer, _ = send(lambda request: httpx.Response(200, content=b"x" * MAX_ANSWER_BYTES))
    assert len(answer.body) == MAX_ANSWER_BYTES


def test_s13_a_compressed_answer_is_refused_unread():
    """It was not asked for, and 1 kB of it may be 1 GB."""
    response = httpx.Response(200, headers={"content-encoding": "gzip"}, stream=Bomb())
    with pytest.raises(GatewayProtocolError, match="compressed"):
        send(lambda request: response)


class Bomb(httpx.AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        raise AssertionError("read")
        yield b""


def test_s8_a_traceback_has_neither_the_request_nor_the_text_of_a_foreign_error():
    """Foreign frames hold the request; foreign texts quote the answer. Both may contain tokens."""

    async def handler(request: httpx.Request) -> httpx.Response:
        body = "canary in a local variable"  # noqa: F841
        raise httpx.RemoteProtocolError("illegal header line: b'canary'")

    with pytest.raises(OutcomeUnknown) as caught:
        send(handler)
    shown = "".join(
        traceback.TracebackException.from_exception(caught.value, capture_locals=True).format()
    )
    assert "RemoteProtocolError" in shown
    assert "canary" not in shown


def test_a_refused_connection_says_which_address_refused():
    """Nothing came back that could be quoted, so its text is safe, and a person needs it."""
    with pytest.raises(NotSent, match="Cannot connect to host h:80"):
        send(failing(connector_error()))


def test_repr_of_an_answer_shows_neither_headers_nor_body():
    """Both may hold secrets."""
    assert repr(Answer(200, httpx.Headers({"a": "canary"}), b"canary")) == "Answer(status=200)"
