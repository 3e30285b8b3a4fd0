"""One route for both kinds of clients."""

import httpx

from mock_bkash.testing.routing import BkashRouter


async def test_a_client_that_awaits_gets_what_can_be_awaited(app_mock):
    """And one that does not gets an answer, on the same router."""
    router = BkashRouter(app_mock.transport, hosts="bkash")
    asked = httpx.Request("GET", "http://bkash.test/_mock/health")
    assert (await router.async_handler(asked)).json()["status"] == "ok"
    asked = httpx.Request("GET", "http://bkash.test/_mock/health")
    assert router.handler(asked).json()["status"] == "ok"
