"""Laws of a token in memory that has a store behind it, and of warming it."""

import asyncio

import httpx
import pytest

from harness.client import EARLY_RENEW_AT, Freshness, Token, TokenOrigin, Warmth, epoch_ns
from harness.client.tokens import CachedTokens
from harness.simulation import run_virtual


def source(kit, bkash, store=None, *, early: bool = True, time_scale: float = 1.0) -> CachedTokens:
    gateway = kit.gateway(bkash.transport, time_scale=time_scale)
    freshness = Freshness(
        renew_at=EARLY_RENEW_AT if early else None, jitter_key="k", time_scale=time_scale
    )
    return CachedTokens(gateway, store=store, freshness=freshness)


def test_a_cold_start_takes_the_stored_token(kit, bkash):
    """A restart of the shop costs no grant."""

    async def main() -> None:
        stored = Token("stored", "r", issued_at_ns=epoch_ns(), lifetime_s=3600.0)
        tokens = source(kit, bkash, kit.MemoryStore(token=stored))
        first = await tokens.token()
        assert (first.id_token, first.origin) == ("stored", TokenOrigin.DATABASE)
        assert (await tokens.token()).origin is TokenOrigin.MEMORY

    run_virtual(main())
    assert not bkash.calls


def test_a_stored_token_that_is_dead_is_refreshed_with_its_own_refresh_token(kit, bkash):
    """Which may be another than the one in memory."""

    async def main() -> None:
        stored = Token("stored", "kept", issued_at_ns=epoch_ns() - 10**13, lifetime_s=3600.0)
        store = kit.MemoryStore(token=stored)
        assert (await source(kit, bkash, store).token()).id_token == "id-1"
        assert store.token is not None
        assert store.token.id_token == "id-1"

    run_virtual(main())
    assert bkash.calls == {"token_refresh": 1}
    assert b'"kept"' in bkash.requests[0].content


def test_what_another_process_renewed_is_taken_from_the_store(kit, bkash):
    """At staleness and after a 401 alike; the gateway hears nothing."""

    async def main() -> None:
        store = kit.MemoryStore()
        tokens = source(kit, bkash, store)
        await tokens.token()
        store.token = Token("theirs", "r", issued_at_ns=epoch_ns(), lifetime_s=7200.0)
        await asyncio.sleep(3400.0)
        await tokens.token()
        await asyncio.sleep(0.1)
        theirs = await tokens.token()
        assert theirs.id_token == "theirs"
        store.token = Token("theirs too", "r", issued_at_ns=epoch_ns(), lifetime_s=3600.0)
        assert (await tokens.replace(theirs)).id_token == "theirs too"

    run_virtual(main())
    assert bkash.calls == {"token_grant": 1}


def test_a_rejected_token_is_not_taken_back_from_the_store(kit, bkash):
    """It is still there when the 401 comes."""

    async def main() -> None:
        stored = Token("stored", "r", issued_at_ns=epoch_ns(), lifetime_s=3600.0)
        tokens = source(kit, bkash, kit.MemoryStore(token=stored))
        assert (await tokens.replace(await tokens.token())).id_token == "id-1"

    run_virtual(main())


def test_a_token_that_the_store_did_not_take_is_used_all_the_same(kit, bkash):
    """The one who waited for it is told; the next one has it from memory."""

    class Broken(kit.MemoryStore):
        async def save(self, token: Token) -> None:
            raise OSError("disk full")

    async def main() -> None:
        tokens = source(kit, bkash, Broken())
        with pytest.raises(OSError, match="disk full"):
            await tokens.token()
        assert (await tokens.token()).id_token == "id-1"

    run_virtual(main())
    assert bkash.calls == {"token_grant": 1}


def test_warming_makes_one_call_per_window_however_often_it_is_asked(kit, bkash):
    """The endpoint is public."""
    bkash.delay_s = {"token_grant": 2.0}

    async def main() -> None:
        tokens = source(kit, bkash)
        reports = await asyncio.gather(*(tokens.warm() for _ in range(100)))
        assert {r.warmth for r in reports} == {Warmth.RENEWED}
        fresh = await tokens.warm()
        assert fresh.warmth is Warmth.FRESH
        assert fresh.due_s is not None
        assert 3240.0 - 2.0 <= fresh.due_s <= 3300.0 - 2.0
        assert (await tokens.warm(renew_at=0.75)).due_s == 2700.0 - 2.0
        await asyncio.sleep(2698.0)
        assert (await tokens.warm()).warmth is Warmth.FRESH
        reports = await asyncio.gather(*(tokens.warm(renew_at=0.75) for _ in range(100)))
        assert {r.warmth for r in reports} == {Warmth.RENEWED}

    run_virtual(main())
    assert bkash.calls == {"token_grant": 1, "token_refresh": 1}


def test_warming_says_when_the_database_had_it(kit, bkash):
    """No token call was made."""

    async def main() -> None:
        stored = Token("stored", "r", issued_at_ns=epoch_ns(), lifetime_s=3600.0)
        tokens = source(kit, bkash, kit.MemoryStore(token=stored))
        assert (await tokens.warm()).warmth is Warmth.LOADED

    run_virtual(main())
    assert not bkash.calls


def test_what_the_database_had_is_renewed_if_it_is_due_itself(kit, bkash):
    """Every call of cron may meet a process that was just started, which holds nothing yet."""

    async def main() -> None:
        issued_at_ns = epoch_ns() - 2_800 * 10**9
        stored = Token("stored", "r", issued_at_ns=issued_at_ns, lifetime_s=3600.0)
        store = kit.MemoryStore(token=stored)
        assert (await source(kit, bkash, store).warm(renew_at=0.9)).warmth is Warmth.LOADED
        assert not bkash.calls
        assert (await source(kit, bkash, store).warm(renew_at=0.75)).warmth is Warmth.RENEWED
        assert (await source(kit, bkash, store).warm(renew_at=0.75)).warmth is Warmth.LOADED
        await asyncio.sleep(3_400.0)
        assert (await source(kit, bkash, store).warm()).warmth is Warmth.LOADED

    run_virtual(main())
    assert bkash.calls == {"token_refresh": 1}


def test_a_failed_warming_harms_nothing_and_is_spaced(kit, bkash):
    """It is reported, not raised, and the next one leaves the gateway alone for a while."""
    bkash.script = {"token_grant": [httpx.ConnectError("down")]}

    async def main() -> None:
        tokens = source(kit, bkash)
        report = await tokens.warm()
        assert (report.warmth, "down" in report.detail) == (Warmth.FAILED, True)
        again = await tokens.warm()
        assert again.warmth is Warmth.COOLING_DOWN
        assert again.due_s == report.due_s
        assert report.due_s is not None
        await asyncio.sleep(report.due_s)
        assert (await tokens.warm()).warmth is Warmth.RENEWED

    run_virtual(main())
