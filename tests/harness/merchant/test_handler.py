"""Laws of an endpoint as an application."""

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from harness.merchant.handler import Endpoint, Handler
from harness.simulation import run_virtual


async def _echo(request: Request) -> Response:
    return PlainTextResponse(f"{request.method} {request.url.path}: {(await request.body())!r}")


async def _fail(request: Request) -> Response:
    raise ValueError("on purpose")


async def _post(endpoint: Endpoint) -> httpx.Response:
    transport = httpx.ASGITransport(Handler(endpoint))
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        return await client.post("/x", content=b"abc")


def test_an_endpoint_answers_the_request_that_came():
    """Method, path and body are the client's."""
    assert run_virtual(_post(_echo)).text == "POST /x: b'abc'"


def test_what_an_endpoint_raises_is_for_who_stands_around_it():
    """The application's own catcher makes an answer of it, once."""
    with pytest.raises(ValueError, match="on purpose"):
        run_virtual(_post(_fail))
