"""Laws of tokens that are kept in the database only."""

import asyncio

import httpx
import pytest

from harness.client import EARLY_RENEW_AT, Freshness, TokenOrigin, Warmth
from harness.client.tokens import StoredTokens
from harness.errors import NotSent, Refused
from harness.simulation import run_virtual


def source(kit, bkash, store, *, early: bool = False) -> StoredTokens:
    freshness = Freshness(renew_at=EARLY_RENEW_AT if early else None, jitter_key="k")
    return StoredTokens(kit.gateway(bkash.transport), store=store, freshness=freshness)


def test_the_stored_token_is_used_until_it_dies(kit, bkash):
    """Looked up for each call, granted once per life."""
    store = kit.MemoryStore(delay_s=0.2)

    async def main() -> None:
        tokens = source(kit, bkash, store)
        assert (await tokens.token()).origin is TokenOrigin.GATEWAY
        second = await tokens.token()
        assert (second.id_token, second.origin) == ("id-1", TokenOrigin.DATABASE)
        await asyncio.sleep(3539.0)
        assert tokens.age_s(second) == pytest.approx(3539.2)
        assert (await tokens.token()).id_token == "id-1"
        await asyncio.sleep(1.0)
        assert (await tokens.token()).id_token == "id-2"
        counts = tokens.counts()
        assert (counts.hits, counts.misses, counts.grants, counts.refreshes) == (2, 2, 2, 0)

    run_virtual(main())
    assert (store.loads, store.saves) == (4, 2)


def test_there_is_no_single_flight_without_the_cache(kit, bkash):
    """Callers who find a dead token at once grant one each; the ablation shows it."""
    bkash.delay_s = {"token_grant": 2.0}

    async def main() -> None:
        tokens = source(kit, bkash, kit.MemoryStore())
        await asyncio.gather(*(tokens.token() for _ in range(5)))

    run_virtual(main())
    assert bkash.calls["token_grant"] == 5


def test_a_401_costs_one_grant(kit, bkash):
    """And what another process has put in the store meanwhile costs none."""

    async def main() -> None:
        store = kit.MemoryStore()
        tokens = source(kit, bkash, store)
        old = await tokens.token()
        new = await tokens.replace(old)
        assert (new.id_token, bkash.calls["token_grant"]) == ("id-2", 2)
        assert (await tokens.replace(old)).id_token == "id-2"
        assert bkash.calls["token_grant"] == 2
        with pytest.raises(Refused):
            await tokens.replace(new)

    run_virtual(main())


def test_with_early_refresh_a_stale_token_is_used_while_one_renewal_runs(kit, bkash):
    """Nobody waits for it, and it is a refresh."""
    bkash.delay_s = {"token_refresh": 2.0}

    async def main() -> None:
        tokens = source(kit, bkash, kit.MemoryStore(), early=True)
        await tokens.token()
        await asyncio.sleep(3310.0)
        got = await asyncio.gather(*(tokens.token() for _ in range(5)))
        assert {t.id_token for t in got} == {"id-1"}
        assert asyncio.get_running_loop().time() == 3310.0
        await asyncio.sleep(3.0)
        assert (await tokens.token()).id_token == "id-2"

    run_virtual(main())
    assert bkash.calls == {"token_grant": 1, "token_refresh": 1}


def test_a_failed_early_refresh_is_tried_again_later_and_harms_nobody(kit, bkash):
    """The old token is used as long as it lives."""
    bkash.script = {"token_refresh": [httpx.ConnectError("down")]}

    async def main() -> None:
        tokens = source(kit, bkash, kit.MemoryStore(), early=True)
        await tokens.token()
        await asyncio.sleep(3310.0)
        for _ in range(3):
            assert (await tokens.token()).id_token == "id-1"
            await asyncio.sleep(0.1)
        assert bkash.calls["token_refresh"] == 1
        await asyncio.sleep(6.0)
        await tokens.token()
        await asyncio.sleep(0.1)
        assert (await tokens.token()).id_token == "id-3"

    run_virtual(main())


def test_warming_calls_the_gateway_once_per_window_however_often_it_is_asked(kit, bkash):
    """The endpoint is public."""
    bkash.delay_s = {"token_grant": 2.0}
    store = kit.MemoryStore(delay_s=0.2)

    async def main() -> None:
        tokens = source(kit, bkash, store)
        reports = await asyncio.gather(*(tokens.warm() for _ in range(50)))
        assert {r.warmth for r in reports} == {Warmth.RENEWED}
        again = await tokens.warm()
        assert again.warmth is Warmth.FRESH
        assert again.due_s == pytest.approx(3540.0 - 2.2)
        assert (await tokens.warm(renew_at=0.75)).due_s == pytest.approx(2700.0 - 2.4)
        await asyncio.sleep(2700.0)
        assert (await tokens.warm(renew_at=0.75)).warmth is Warmth.RENEWED
        assert tokens.counts().hits == 0

    run_virtual(main())
    assert bkash.calls == {"token_grant": 2}


def test_a_failed_warming_is_reported_and_then_left_alone_for_a_while(kit, bkash):
    """It raises nothing: a prefetch that fails harms nothing."""
    bkash.script = {"token_grant": [httpx.ConnectError("down")]}

    async def main() -> None:
        tokens = source(kit, bkash, kit.MemoryStore())
        report = await tokens.warm()
        assert report.warmth is Warmth.FAILED
        assert "down" in report.detail
        assert (await tokens.warm()).warmth is Warmth.COOLING_DOWN
        assert report.due_s is not None
        await asyncio.sleep(report.due_s)
        assert (await tokens.warm()).warmth is Warmth.RENEWED

    run_virtual(main())


def test_closing_ends_the_warming_under_way(kit, bkash):
    """Whoever waits for it is told."""
    bkash.delay_s = {"token_grant": 2.0}

    async def main() -> None:
        tokens = source(kit, bkash, kit.MemoryStore())
        warming = asyncio.create_task(tokens.warm())
        await asyncio.sleep(1.0)
        await tokens.aclose()
        report = await warming
        assert report.warmth is Warmth.FAILED
        assert NotSent.__name__ in report.detail

    run_virtual(main())
