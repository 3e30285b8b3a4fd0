"""Laws of what an operator asks."""

from typing import Any


def test_health_names_the_variant(play: Any):
    """So that one sees who answers."""

    async def story(world: Any) -> Any:
        return (await world.browser.get("/healthz")).json()

    body = play(story, variant="cached")
    assert body == {"statusCode": 200, "statusMessage": "ok", "data": {"variant": "cached"}}


def test_performance_counts_what_payments_cost(play: Any):
    """Statements, token hits and grants, gateway calls; quantiles per stage; a bottleneck."""

    async def story(world: Any) -> Any:
        for user in (1, 2):
            await world.pay(user)
        return (await world.browser.get("/api/bkash/performance")).json()

    figures = play(story, variant="cached", started=False)
    assert figures["variant"] == "cached"
    assert figures["optimizations"] == ["token_store", "token_cache", "early_refresh"]
    assert figures["token"] == {"hits": 3, "misses": 1, "grants": 1, "refreshes": 0}
    assert figures["gateway"]["calls"] == 5
    assert figures["gateway"]["calls_by_operation"]["execute_payment"] == 2
    assert figures["gateway"]["connections_opened"] is None
    assert figures["queries"] > 10
    assert figures["stages"]["execute_payment"]["n"] == 2
    assert figures["stages"]["execute_payment"]["p50_ms"] == 1000
    assert figures["responses"]["callback"]["max_ms"] == 1200
    assert figures["bottleneck"]["stage"] == "token_grant" or figures["bottleneck"]["share"] > 0.2
    assert figures["funnel"]["paid"] == 2
