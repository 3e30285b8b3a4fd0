"""Sending shoppers."""

import httpx

from harness.probe.browser import Browser
from harness.probe.session import Dispatch


async def test_every_shopper_is_a_new_one(make):
    """Numbers count from 1, and no two carry the same trace or buy the same."""
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append((request.url, request.headers["traceparent"].split("-")[1]))
        return httpx.Response(500)

    async with Browser(limit_s=5, transport=httpx.MockTransport(answer)) as browser:
        dispatch = Dispatch(make.plan(), browser)
        numbers = [(await dispatch.send())[0] for _ in range(3)]
    assert numbers == [1, 2, 3]
    assert len(set(asked)) == 3
    assert [trace for _, trace in asked] == dispatch.traces()
