"""Laws of asking the servers of a run."""

import httpx
import pytest

from harness.errors import InvalidRunError
from harness.lab.admin import Admin


def admin(answer) -> Admin:
    return Admin("http://127.0.0.1:8700", transport=httpx.MockTransport(answer))


async def test_counters_are_asked_for_by_app_key():
    """The mock's counters come back as they are."""

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/_mock/counters"
        assert request.url.params["app_key"] == "bench cached"
        return httpx.Response(200, json={"calls": {"create_payment": 3}})

    async with admin(answer) as asked:
        assert await asked.counters("bench cached") == {"calls": {"create_payment": 3}}


async def test_unknown_app_key_has_no_counters():
    """A key that the mock never saw is None, not an error."""
    async with admin(lambda _: httpx.Response(404, json={})) as asked:
        assert await asked.counters("nobody") is None


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(500, text="no"),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[1]),
    ],
    ids=["error", "not JSON", "not an object"],
)
async def test_audit_without_a_verdict_invalidates_the_run(response):
    """An audit that cannot be read is no audit."""
    async with admin(lambda _: response) as asked:
        with pytest.raises(InvalidRunError, match="/_mock/audit"):
            await asked.audit({"app_key": "k"})


async def test_silent_mock_invalidates_the_run():
    """A mock that does not answer is named with its URL."""

    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    async with admin(refuse) as asked:
        with pytest.raises(InvalidRunError, match="does not answer: refused"):
            await asked.audit({"app_key": "k"})


async def test_merchant_without_figures_has_none():
    """A backend of somebody else's need not know our endpoint."""
    async with admin(lambda _: httpx.Response(404, text="not found")) as asked:
        assert await asked.performance("http://127.0.0.1:3000") is None
