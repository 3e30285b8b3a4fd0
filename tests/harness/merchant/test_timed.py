"""Laws of the wrapper: every answer tells its time, and nothing leaks into the next request."""

import asyncio
from typing import Any

import httpx
import pytest

from harness.merchant import BUILTIN
from harness.merchant.performance import Performance
from harness.merchant.store import current_attempt
from harness.merchant.timed import TOTAL, Timed
from harness.simulation import run_virtual
from harness.stages import current_timeline, parse_server_timing, stage
from harness.trace import current_trace


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answer with what the wrapper prepared; spend 20 ms on a stage where asked to."""
    if scope["path"] == "/stage":
        scope["route"] = type("Route", (), {"name": "make_payment"})
        with stage("create_payment"):
            await asyncio.sleep(0.02)
    trace = current_trace.get()
    body = f"{trace.trace_id if trace else None} {current_attempt.get()}".encode()
    current_attempt.set(7)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


def get(path: str, **headers: str) -> tuple[httpx.Response, Performance]:
    async def main() -> tuple[httpx.Response, Performance]:
        performance = Performance(BUILTIN["cached"])
        transport = httpx.ASGITransport(Timed(app, performance))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            response = await client.get(path, headers=headers)
            # ASGITransport serves in this very task: what was set must be gone.
            assert current_timeline.get() is None
            assert current_trace.get() is None
            assert current_attempt.get() == 1
        return response, performance

    return run_virtual(main())


def test_stages_go_into_the_header_and_the_figures():
    """Of endpoints that the router knows."""
    response, performance = get("/stage")
    (timed,) = parse_server_timing(response.headers["server-timing"])
    assert (timed.name, timed.duration_ns) == ("create_payment", 20_000_000)
    figures = performance.to_dict()
    assert figures["responses"]["make_payment"]["p50_ms"] == 20
    assert figures["stages"]["create_payment"]["n"] == 1


def test_an_answer_without_stages_tells_its_total():
    """And a path that a stranger typed is nobody's figure."""
    response, performance = get("/whatever")
    (timed,) = parse_server_timing(response.headers["server-timing"])
    assert timed.name == TOTAL
    assert performance.to_dict()["responses"] == {}


@pytest.mark.parametrize(
    ("header", "trace"),
    [
        (f"00-{'ab' * 16}-{'0' * 15}1-01", "ab" * 16),
        ("garbage", "None"),
        (f"00-{'0' * 32}-{'0' * 15}1-01", "None"),
    ],
)
def test_the_trace_of_the_request_is_followed(header: str, trace: str):
    """A malformed one is as good as none."""
    response, _ = get("/", traceparent=header)
    assert response.text == f"{trace} 1"


def test_a_request_without_a_trace_has_none():
    """Whatever the one before had."""
    assert get("/")[0].text == "None 1"


def test_other_scopes_pass_through():
    """A lifespan has no headers to be timed."""
    seen: list[str] = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    async def nothing(*_: Any) -> None:
        return None

    timed = Timed(inner, Performance(BUILTIN["cached"]))
    run_virtual(timed({"type": "lifespan"}, nothing, nothing))
    assert seen == ["lifespan"]
