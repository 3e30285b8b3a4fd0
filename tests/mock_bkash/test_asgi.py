"""ASGI without a framework."""

from typing import Any

import pytest

from mock_bkash.asgi import BodyTooLarge, ClientGone, read_body


def receiver(*messages: dict[str, Any]):
    left = list(messages)

    async def receive() -> dict[str, Any]:
        return left.pop(0)

    return receive


def part(body: bytes, *, more: bool) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


async def test_a_body_in_parts_is_put_together():
    """However it was cut on the way."""
    receive = receiver(
        part(b"ab", more=True), {"type": "http.request", "more_body": True}, part(b"c", more=False)
    )
    assert await read_body({}, receive) == b"abc"


async def test_a_body_may_be_exactly_the_limit():
    """And not a byte more."""
    assert await read_body({}, receiver(part(b"abc", more=False)), limit_bytes=3) == b"abc"
    with pytest.raises(BodyTooLarge):
        await read_body({}, receiver(part(b"ab", more=True), part(b"cd", more=True)), limit_bytes=3)


async def test_an_announced_length_is_believed_without_reading():
    """Nothing is received of a body that says it is too long."""
    with pytest.raises(BodyTooLarge):
        await read_body({b"content-length": b"4"}, receiver(), limit_bytes=3)


async def test_a_length_that_is_no_number_is_no_length():
    """The body itself decides."""
    headers = {b"content-length": b"many"}
    assert await read_body(headers, receiver(part(b"a", more=False))) == b"a"


async def test_a_client_that_leaves_has_sent_nothing():
    """Half a request is none."""
    with pytest.raises(ClientGone):
        await read_body({}, receiver(part(b"a", more=True), {"type": "http.disconnect"}))


async def test_a_length_beyond_reading_is_too_large():
    """Python refuses numbers of thousands of digits; a client may send one all the same."""
    with pytest.raises(BodyTooLarge):
        await read_body({b"content-length": b"9" * 5000}, receiver())
