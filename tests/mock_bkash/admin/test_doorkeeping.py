"""The door over HTTP."""

from typing import Any

import pytest

from mock_bkash import MockConfig, create_app
from mock_bkash.door import DOOR_KEY


class Door:
    def __init__(self) -> None:
        self.shut_s: list[float] = []

    def shut(self, duration_s: float) -> None:
        self.shut_s.append(duration_s)


async def post(body: bytes, *, door: Door | None, time_scale: float = 1.0) -> int:
    app = create_app(MockConfig(time_scale=time_scale))
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/_mock/door",
        "query_string": b"",
        "headers": [],
        "state": {} if door is None else {DOOR_KEY: door},
    }
    await app(scope, receive, send)
    status: int = sent[0]["status"]
    return status


async def test_the_door_is_shut_for_modelled_time():
    """At a tenth of the scale for a tenth as long."""
    door = Door()
    assert await post(b'{"shut_s":5}', door=door, time_scale=0.1) == 200
    assert door.shut_s == [0.5]


@pytest.mark.parametrize(
    "body", [b"{}", b'{"shut_s":-1}', b'{"shut_s":3601}', b'{"shut_s":1,"x":1}']
)
async def test_it_is_not_shut_for_ever(body: bytes):
    """The admin API is behind it."""
    door = Door()
    assert await post(body, door=door) == 400
    assert door.shut_s == []


async def test_without_a_server_there_is_no_door(shop):
    """409: an in-process transport has no connections to refuse."""
    answer = await shop.http.post("/_mock/door", json={"shut_s": 1})
    assert answer.status_code == 409
    assert "there is no door" in answer.json()["message"]
