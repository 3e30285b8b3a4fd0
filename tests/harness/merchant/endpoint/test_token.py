"""Laws of the token's endpoints: warm it, never show it, never let strangers make it expensive."""

import asyncio
from typing import Any

import pytest

from harness.client import Warmth
from harness.clock import now_ns
from harness.merchant.endpoint import token

PREFETCH = "/api/bkash/refresh-token"
CRON = "/api/cron/refresh-bkash-token"
TEST = "/api/bkash/test-token"


def test_prefetching_is_answered_at_once_and_warms_the_token(play: Any):
    """The next payment finds it."""

    async def story(world: Any) -> Any:
        began_ns = now_ns()
        first = await world.browser.post(PREFETCH)
        took_ns = now_ns() - began_ns
        again = await world.browser.post(PREFETCH)
        await asyncio.sleep(5)
        last = await world.browser.post(PREFETCH)
        return took_ns, [r.json() for r in (first, again, last)], first.status_code

    took_ns, (first, again, last), http_status = play(story, variant="cached")
    assert (took_ns, http_status) == (0, 202)
    assert first == again
    assert first["data"] == {"cached": False}
    assert last["statusMessage"] == "Using cached token"
    assert last["data"] == {"cached": True}


@pytest.mark.parametrize("variant", ["stored", "cached", "optimized", "overlapped"])
def test_a_thousand_prefetches_are_one_token_call(variant: str, play: Any):
    """Whoever calls, however often."""

    async def story(world: Any) -> int:
        await asyncio.gather(*(world.browser.post(PREFETCH) for _ in range(500)))
        await asyncio.sleep(5)
        await asyncio.gather(*(world.browser.post(PREFETCH) for _ in range(500)))
        await asyncio.sleep(5)
        return world.wire.calls["grant"] + world.wire.calls["refresh"]

    assert play(story, variant=variant) == 1


def test_without_a_store_or_cache_there_is_nothing_to_warm(play: Any):
    """The flag changes nothing then, and an ablation can show it."""

    async def story(world: Any) -> Any:
        response = await world.browser.post(PREFETCH)
        await asyncio.sleep(5)
        return response.json(), world.wire.calls["grant"]

    body, grants = play(story, variant="sequential")
    assert grants == 0
    assert body["data"] == {"cached": False}


def test_a_prefetch_that_fails_harms_nothing(play: Any, faults: Any):
    """The page goes on, and so does the payment."""

    async def story(world: Any) -> Any:
        world.wire.faults["grant"] = [faults.never_done]
        response = await world.browser.post(PREFETCH)
        await asyncio.sleep(60)
        return response.status_code, await world.pay()

    assert play(story, variant="prefetch") == (202, "success")


@pytest.mark.parametrize("path", [CRON, TEST])
def test_the_secret_opens_by_query_and_by_header(path: str, play: Any, cron_secret: str):
    """And nothing else does."""

    async def story(world: Any) -> list[int]:
        asks = [
            world.browser.get(path),
            world.browser.get(f"{path}?secret=wrong"),
            world.browser.get(path, headers={"authorization": "Bearer wrong"}),
            world.browser.get(f"{path}?secret={cron_secret}"),
            world.browser.get(path, headers={"authorization": f"Bearer {cron_secret}"}),
        ]
        return [(await ask).status_code for ask in asks]

    assert play(story, variant="cached") == [403, 403, 403, 200, 200]


def test_cron_renews_when_a_quarter_of_the_life_is_left(play: Any, cron_secret: str):
    """Not before: bKash allows two token calls an hour."""

    async def story(world: Any) -> Any:
        answers = []
        for pause_s in (0, 600, 2100, 1):
            await asyncio.sleep(pause_s)
            answers.append((await world.browser.get(f"{CRON}?secret={cron_secret}")).json())
        return [answer["data"]["warmth"] for answer in answers], answers[1]["data"]["next_due_s"]

    warmths, due_s = play(story, variant="cached")
    assert warmths == ["renewed", "fresh", "renewed", "fresh"]
    assert 2000 < due_s < 2100


def test_whatever_warming_finds_has_words():
    """A fresh process finds the token of another one in the database: that is an answer, too."""
    assert set(token._SENTENCES) == set(Warmth)


def test_cron_has_nothing_to_do_for_a_variant_without_tokens(play: Any, cron_secret: str):
    """And says so."""

    async def story(world: Any) -> Any:
        return (await world.browser.get(f"{CRON}?secret={cron_secret}")).json()

    body = play(story, variant="sequential")
    assert body["data"] == {"warmth": "nothing_to_warm", "next_due_s": None}


@pytest.mark.parametrize("path", [CRON, TEST])
def test_a_gateway_without_tokens_is_a_typed_503(
    path: str, play: Any, faults: Any, cron_secret: str
):
    """The cron job sees that it failed."""

    async def story(world: Any) -> Any:
        world.wire.faults["grant"] = [faults.unreachable] * 9
        return await world.browser.get(f"{path}?secret={cron_secret}")

    response = play(story, variant="cached")
    assert response.status_code == 503
    assert response.json()["error"]["type"] == "gateway_unreachable"


def test_the_token_test_tells_source_and_age_and_never_the_token(play: Any, cron_secret: str):
    """Gateway, then memory; after a restart the database."""

    async def story(world: Any) -> Any:
        answers = [await world.browser.get(f"{TEST}?secret={cron_secret}")]
        await asyncio.sleep(10)
        answers.append(await world.browser.get(f"{TEST}?secret={cron_secret}"))
        await world.restart()
        answers.append(await world.browser.get(f"{TEST}?secret={cron_secret}"))
        ((token, refresh),) = world.sql("SELECT id_token, refresh_token FROM bkash")
        assert not any(secret in a.text for a in answers for secret in (token, refresh))
        return [a.json()["data"] for a in answers]

    gateway, memory, database = play(story, variant="cached")
    assert [gateway["source"], memory["source"], database["source"]] == [
        "gateway",
        "memory",
        "database",
    ]
    assert gateway["retrieval_ms"] == 2200
    assert memory["retrieval_ms"] == 0
    assert database["retrieval_ms"] == 200
    assert 10 <= memory["age_s"] <= 13
    assert memory["lifetime_s"] == 3600
