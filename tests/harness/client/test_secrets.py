"""The canary search: what must not be found in any log, traceback or repr of the client (S8)."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator

import httpx
import pytest

from harness.client import (
    BackgroundRefresher,
    ClientOptions,
    Credentials,
    Order,
    PaymentClient,
    PlainTransport,
    PooledTransport,
    Terms,
    build_client,
)
from harness.errors import HarnessError

pytestmark = pytest.mark.real_time

ORDER = Order(Terms(149_900, "inv-1"), "http://127.0.0.1:9/cb")
GRANT = (
    b'{"statusCode":"0000","expires_in":3600,'
    b'"id_token":"canary-id","refresh_token":"canary-refresh"}'
)
QUOTING = b"{\"message\":\"'canary-id' not a valid key=value pair in Authorization: 'canary-id'\"}"
CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"


def whole(status: bytes, body: bytes) -> bytes:
    return b"HTTP/1.1 %s\r\ncontent-length: %d\r\n\r\n%s" % (status, len(body), body)


ANSWERS = {
    "quoted token": whole(b"403 Forbidden", QUOTING),
    "rejected token": whole(b"401 Unauthorized", QUOTING),
    "token in an unreadable answer": whole(b"200 OK", b'{"id_token":"canary-id"'),
    "token in a broken header": b"HTTP/1.1 200 OK\r\ncanary-id\r\n\r\n",
    "token in a broken status line": b"canary-id canary-refresh\r\n\r\n",
    "token in a broken chunk": CHUNKED + b"canary-id\r\n",
    "truncated": b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\ncanary-id",
    "no answer": b"",
    "too late": None,
    "a good one": whole(b"200 OK", b'{"statusCode":"2006","statusMessage":"canary-key"}'),
}


@pytest.fixture(params=ANSWERS.values(), ids=ANSWERS.keys())
async def port(request: pytest.FixtureRequest) -> AsyncIterator[int]:
    """A gateway that gives canary tokens, and then one answer that goes wrong."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        answer = whole(b"200 OK", GRANT) if b"/token/" in head else request.param
        if answer is None:
            await reader.read()
        else:
            writer.write(answer)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


def shown(error: BaseException) -> str:
    """Return all that a crash reporter would publish: traceback, causes, local variables."""
    # The test's own frame is left out: only the client's are on trial.
    frames = error.__traceback__ and error.__traceback__.tb_next
    told = traceback.TracebackException(type(error), error, frames, capture_locals=True)
    return "".join(told.format())


async def go_wrong(client: PaymentClient) -> list[str]:
    published = []
    for attempt in (
        client.create(ORDER),
        client.execute("TR1", terms=ORDER.terms),
        client.search("6I38"),
    ):
        try:
            published.append(repr(await attempt))
        except HarnessError as error:
            published.append(shown(error))
    return published


@pytest.mark.parametrize("transport", [PooledTransport, PlainTransport])
async def test_s8_no_secret_in_any_log_traceback_or_repr(
    port: int, transport: type[PooledTransport | PlainTransport], caplog: pytest.LogCaptureFixture
):
    """Every logger at DEBUG, the libraries' own and asyncio's too."""
    asyncio.get_running_loop().set_debug(True)
    credentials = Credentials("canary-key", "canary-secret", "canary-user", "canary-password")
    with caplog.at_level(logging.DEBUG):
        for name in list(logging.root.manager.loggerDict):
            logging.getLogger(name).setLevel(logging.DEBUG)
        client = build_client(
            base_url=f"http://127.0.0.1:{port}/v1.2.0-beta",
            credentials=credentials,
            options=ClientOptions(token_cache=True),
            transport=transport(),
            time_scale=0.02,
        )
        refresher = BackgroundRefresher(client.tokens, time_scale=0.02)
        refresher.start()
        published = await go_wrong(client)
        token = await client.tokens.token()
        published += [repr(thing) for thing in (client, client.tokens, token, credentials)]
        await refresher.stop()
        await client.aclose()
    assert token.id_token == "canary-id"
    assert all("canary" not in text for text in published), published
    logged = [record.getMessage() for record in caplog.records] + [caplog.text]
    assert not [line for line in logged if "canary" in line]


async def test_s8_refused_credentials_are_not_repeated(caplog: pytest.LogCaptureFixture):
    """bKash's message quotes what it was sent; ours does not."""

    def handler(request: httpx.Request) -> httpx.Response:
        words = f"no such secret: canary-secret, {request.headers['password']}"
        return httpx.Response(200, json={"statusCode": "9999", "statusMessage": words})

    client = build_client(
        base_url="http://127.0.0.1:9",
        credentials=Credentials("canary-key", "canary-secret", "canary-user", "canary-password"),
        options=ClientOptions(token_cache=True),
        transport=httpx.MockTransport(handler),
    )
    with caplog.at_level(logging.DEBUG):
        report = await client.tokens.warm()
        (published, *_) = await go_wrong(client)
    assert "no such secret: ***" in report.detail
    assert "canary" not in report.detail + published + caplog.text
