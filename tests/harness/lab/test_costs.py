"""Laws of counting costs."""

import httpx

from harness.lab.admin import Admin
from harness.lab.costs import count_costs
from harness.lab.meter import Meter
from harness.rundata import VariantRecord

VARIANT = VariantRecord("cached", (), "builtin", "http://127.0.0.1:1", "bench-cached")


async def costs_where(counters, figures):
    def answer(request: httpx.Request) -> httpx.Response:
        return counters if request.url.path.startswith("/_mock/") else figures

    async with Admin("http://127.0.0.1:2", transport=httpx.MockTransport(answer)) as admin:
        counted = await count_costs(admin, (VARIANT,), meter=Meter(), horizon_s=60.0)
    return counted.get("cached")


async def test_counters_of_mock_and_merchant_come_together():
    """The gateway's calls are the mock's word, queries and token hits the merchant's."""
    costs = await costs_where(
        httpx.Response(
            200, json={"calls": {"execute_payment": 4}, "payments_created": 5, "connections": 6}
        ),
        httpx.Response(200, json={"queries": 70, "token": {"hits": 8, "misses": 9}}),
    )
    assert costs.gateway_calls == {"execute_payment": 4}
    assert (costs.payments_started, costs.new_connections) == (5, 6)
    assert (costs.queries, costs.token_hits, costs.token_misses) == (70, 8, 9)
    assert (costs.memory_bytes, costs.cpu_s, costs.horizon_s) == (None, None, 60.0)


async def test_what_nobody_counts_is_none():
    """A backend that shows no figures has the mock's alone."""
    costs = await costs_where(httpx.Response(200, json={}), httpx.Response(404))
    assert costs.gateway_calls == {}
    assert costs.payments_started == 0
    assert (costs.new_connections, costs.queries, costs.token_hits) == (None, None, None)


async def test_a_key_that_the_mock_never_saw_has_no_costs():
    """Zeros would look like a shop that asks for no token."""
    assert await costs_where(httpx.Response(404), httpx.Response(404)) is None


async def test_strange_figures_are_not_believed():
    """Somebody else's endpoint of the same name may answer anything."""
    costs = await costs_where(
        httpx.Response(200, json={}),
        httpx.Response(200, json={"queries": "many", "token": [1], "gateway": True}),
    )
    assert (costs.queries, costs.token_hits, costs.token_misses) == (None, None, None)
