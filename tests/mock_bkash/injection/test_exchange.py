"""One answer on its way."""

import asyncio
from typing import Any

import pytest

from harness.simulation import run_virtual
from mock_bkash.injection import AnswerLost, Exchange
from mock_bkash.operation.work import Answer


class Client:
    """A client that leaves after a while, and a line that may be broken."""

    def __init__(self, *, stays_s: float = 0.0) -> None:
        self.sent: list[dict[str, Any]] = []
        self.broken: list[str] = []
        self._stays_s = stays_s

    async def receive(self) -> dict[str, Any]:
        await asyncio.sleep(self._stays_s)
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    def reset(self) -> None:
        self.broken.append("reset")

    def close(self) -> None:
        self.broken.append("close")

    def exchange(self, *, over_line: bool, wall_s_per_s: float = 1.0) -> Exchange:
        return Exchange(
            receive=self.receive,
            send=self.send,
            line=self if over_line else None,
            headers=((b"server-timing", b"x"),),
            wall_s_per_s=wall_s_per_s,
        )


async def test_a_line_is_broken_as_asked():
    """And the exchange ends when the server knows."""
    client = Client()
    await client.exchange(over_line=True).reset()
    await client.exchange(over_line=True).close()
    assert client.broken == ["reset", "close"]


async def test_without_a_line_the_loss_is_raised():
    """As the error that a client would get, which says how it was lost."""
    exchange = Client().exchange(over_line=False)
    with pytest.raises(AnswerLost, match="connection reset") as lost:
        await exchange.reset(half_sent=True)
    assert (lost.value.orderly, lost.value.half_sent) == (False, True)
    with pytest.raises(ConnectionResetError) as closed:
        await exchange.close()
    assert isinstance(closed.value, AnswerLost)
    assert (closed.value.orderly, closed.value.half_sent) == (True, False)


def test_patience_is_modelled_time():
    """At a tenth of the scale it lasts a tenth as long."""

    async def main() -> None:
        loop = asyncio.get_running_loop()
        exchange = Client(stays_s=5).exchange(over_line=False, wall_s_per_s=0.1)
        assert not await exchange.left_within(20)
        assert loop.time() == 2
        assert await exchange.left_within(60)
        assert loop.time() == 7

    run_virtual(main())


async def test_an_answer_has_a_length_where_one_is_known():
    """Every answer carries what goes with all of them."""
    client = Client()
    exchange = client.exchange(over_line=False)
    await exchange.start(Answer(200, b"{}", "0000"), size_bytes=2)
    await exchange.part(b"{}", last=True)
    await exchange.start(Answer(200, b"{}", "0000"), headers=((b"a", b"b"),))
    assert dict(client.sent[0]["headers"])[b"content-length"] == b"2"
    assert client.sent[1] == {"type": "http.response.body", "body": b"{}", "more_body": False}
    assert client.sent[2]["headers"] == [
        (b"content-type", b"application/json"),
        (b"server-timing", b"x"),
        (b"a", b"b"),
    ]


async def test_what_the_client_sends_meanwhile_is_passed_over():
    """It has not left as long as it talks."""
    client = Client()
    talk = [{"type": "http.request", "body": b"x", "more_body": True}]

    async def receive() -> dict[str, Any]:
        return talk.pop() if talk else await client.receive()

    exchange = Exchange(
        receive=receive, send=client.send, line=client, headers=(), wall_s_per_s=1.0
    )
    await exchange.reset()
    assert talk == []
