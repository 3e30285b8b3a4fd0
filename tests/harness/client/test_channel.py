"""Laws of the way to one gateway."""

import httpx
import pytest

from harness.client import GatewayCounts
from harness.client.channel import Channel
from harness.client.text import NO_SECRETS
from harness.client.wire import Operation
from harness.errors import ConfigurationError, Refused
from harness.simulation import run_virtual
from harness.stages import Timeline, current_timeline
from harness.trace import TraceContext, current_trace


def channel(base: str = "https://h/v1.2.0-beta", *, keep_alive: bool = True) -> Channel:
    transport = httpx.MockTransport(lambda request: httpx.Response(500))
    return Channel(base, transport, keep_alive=keep_alive)


def query(line: Channel) -> httpx.Request:
    return line.request(Operation.QUERY_PAYMENT, [("X-App-Key", "k")], b"{}")


@pytest.mark.parametrize(
    "base", ["https://h/v1.2.0-beta", "https://h/v1.2.0-beta/", "https://h:443/v1.2.0-beta"]
)
def test_operations_live_below_the_base_url(base: str):
    """With or without a slash at its end."""
    assert str(query(channel(base)).url) == (
        "https://h/v1.2.0-beta/tokenized/checkout/payment/status"
    )


@pytest.mark.parametrize(
    "base",
    [
        "",
        "tokenized.pay.bka.sh",
        "ftp://h/x",
        "https://",
        "http://h:none",
        "https://h/x?a=b",
        "https://h/#x",
    ],
)
def test_an_address_that_is_none_is_said_with_an_example(base: str):
    """One line that tells what to write instead."""
    with pytest.raises(ConfigurationError, match="expected something like https://"):
        channel(base)


def test_a_password_in_the_address_is_refused_and_not_repeated():
    """Credentials have their own place, where they do not reach a log."""
    with pytest.raises(ConfigurationError) as caught:
        channel("https://user:canary@h/v1.2.0-beta")
    assert "canary" not in str(caught.value)


def test_every_request_asks_for_plain_json():
    """Whoever compresses was not asked to."""
    headers = query(channel()).headers
    assert headers["accept-encoding"] == "identity"
    assert headers["content-type"] == headers["accept"] == "application/json"
    assert headers["x-app-key"] == "k"


@pytest.mark.parametrize("keep_alive", [True, False])
def test_connections_are_kept_or_closed_by_a_header(keep_alive: bool):
    """The policy works with any transport; a client per call would measure Python instead."""
    request = query(channel(keep_alive=keep_alive))
    assert request.headers.get("connection") == (None if keep_alive else "close")


def test_the_trace_of_the_running_payment_goes_along():
    """The gateway draws its chances by it; the span number tells calls apart."""
    line = channel()
    reset = current_trace.set(TraceContext("ab" * 16))
    try:
        sent = [query(line).headers["traceparent"] for _ in range(2)]
    finally:
        current_trace.reset(reset)
    assert sent == [f"00-{'ab' * 16}-{span:016x}-01" for span in (1, 2)]
    assert "traceparent" not in query(line).headers


@pytest.mark.parametrize(
    ("base", "schemes"), [("https://h", ("https://",)), ("http://h", ("https://", "http://"))]
)
def test_a_gateway_on_https_may_not_send_shoppers_to_http(base: str, schemes: tuple[str, ...]):
    """A test gateway on http may."""
    assert channel(base).schemes == schemes


@pytest.mark.parametrize("status", [200, 429])
def test_what_the_gateway_modelled_is_added_to_the_stage_also_of_a_refusal(status: int):
    """A refused call took its modelled time too."""

    def handler(request: httpx.Request) -> httpx.Response:
        return httpx.Response(
            status,
            headers={"server-timing": "model;dur=1050.25"},
            json={"statusCode": "2023", "statusMessage": "Insufficient Balance"},
        )

    async def main() -> Timeline:
        timeline = Timeline(origin_ns=0)
        current_timeline.set(timeline)
        line = Channel("https://h", httpx.MockTransport(handler), keep_alive=True)
        with pytest.raises(Refused):
            await line.call(Operation.QUERY_PAYMENT, query(line), timeout_s=1.0, secrets=NO_SECRETS)
        return timeline

    (timed,) = run_virtual(main()).stages
    assert (timed.name, timed.modelled_ns) == ("query_payment", 1_050_250_000)


class Counting(httpx.MockTransport):
    connections_opened = 7


def test_connections_are_counted_where_the_transport_counts_them():
    """Elsewhere the number does not exist."""
    handler = lambda request: httpx.Response(500)  # noqa: E731
    counting = Channel("https://h", Counting(handler), keep_alive=True)
    query(counting)
    assert counting.counts() == GatewayCounts({"query_payment": 1}, connections_opened=7)
    assert counting.counts().total == 1
    assert channel().counts() == GatewayCounts({}, connections_opened=None)
