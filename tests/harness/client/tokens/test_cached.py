"""Laws of tokens kept in memory: cases T1 to T15, as far as one process can show them."""

import asyncio

import httpx
import pytest
from hypothesis import given, settings, strategies as st

from harness.client import EARLY_RENEW_AT, Freshness, Token, TokenOrigin
from harness.client.tokens import CachedTokens
from harness.client.tokens.renewal import COOL_DOWN_S
from harness.errors import NotSent, OutcomeUnknown, PaymentError, Refused
from harness.simulation import run_virtual
from harness.stages import Timeline, current_timeline


def source(kit, bkash, store=None, *, early: bool = True, time_scale: float = 1.0) -> CachedTokens:
    gateway = kit.gateway(bkash.transport, time_scale=time_scale)
    freshness = Freshness(
        renew_at=EARLY_RENEW_AT if early else None, jitter_key="k", time_scale=time_scale
    )
    return CachedTokens(gateway, store=store, freshness=freshness)


async def all_of(tokens: CachedTokens, count: int) -> list[Token | BaseException]:
    return await asyncio.gather(*(tokens.token() for _ in range(count)), return_exceptions=True)


def test_t1_a_thousand_cold_callers_make_one_grant(kit, bkash):
    """All of them get its token after one grant's time."""
    bkash.delay_s = {"token_grant": 2.0}

    async def main() -> None:
        tokens = source(kit, bkash)
        got = await all_of(tokens, 1_000)
        assert {t.id_token for t in got} == {"id-1"}
        assert asyncio.get_running_loop().time() == 2.0
        assert tokens.counts().misses == 1_000

    run_virtual(main())
    assert bkash.calls == {"token_grant": 1}


def test_a_fresh_token_is_handed_out_without_any_wait_or_stage(kit, bkash):
    """From memory; the store is not asked."""
    store = kit.MemoryStore(delay_s=0.2)

    async def main() -> None:
        tokens = source(kit, bkash, store)
        first = await tokens.token()
        timeline = Timeline(origin_ns=0)
        current_timeline.set(timeline)
        second = await tokens.token()
        assert (first.origin, second.origin) == (TokenOrigin.GATEWAY, TokenOrigin.MEMORY)
        assert timeline.stages == []
        assert tokens.counts().hits == 1
        assert tokens.age_s(second) == 0.0

    run_virtual(main())
    assert (store.loads, store.saves) == (1, 1)


def test_t2_at_expiry_with_a_thousand_in_flight_one_refresh_is_made_and_nobody_waits(kit, bkash):
    """A stale token still works; it is used while its successor is on the way."""
    bkash.delay_s = {"token_refresh": 2.0}

    async def main() -> None:
        loop = asyncio.get_running_loop()
        tokens = source(kit, bkash)
        await tokens.token()
        await asyncio.sleep(3310.0)
        for _ in range(10):
            before_s = loop.time()
            assert {t.id_token for t in await all_of(tokens, 100)} == {"id-1"}
            assert loop.time() == before_s
            await asyncio.sleep(0.15)
        await asyncio.sleep(1.0)
        assert (await tokens.token()).id_token == "id-2"

    run_virtual(main())
    assert bkash.calls == {"token_grant": 1, "token_refresh": 1}


def test_without_early_refresh_those_who_meet_the_dead_token_wait_for_one_refresh(kit, bkash):
    """The flag alone makes the difference."""
    bkash.delay_s = {"token_refresh": 2.0}

    async def main() -> None:
        tokens = source(kit, bkash, early=False)
        await tokens.token()
        await asyncio.sleep(3539.9)
        assert (await tokens.token()).id_token == "id-1"
        await asyncio.sleep(0.1)
        got = await all_of(tokens, 100)
        assert {t.id_token for t in got} == {"id-2"}
        assert asyncio.get_running_loop().time() == 3542.0

    run_virtual(main())
    assert bkash.calls == {"token_grant": 1, "token_refresh": 1}


def test_t4_a_hundred_401s_at_once_make_one_renewal(kit, bkash):
    """Each caller gets the same successor."""
    bkash.delay_s = {"token_refresh": 2.0}

    async def main() -> None:
        tokens = source(kit, bkash)
        old = await tokens.token()
        got = await asyncio.gather(*(tokens.replace(old) for _ in range(100)))
        assert {t.id_token for t in got} == {"id-2"}

    run_virtual(main())
    assert bkash.calls == {"token_grant": 1, "token_refresh": 1}


def test_t5_a_straggler_with_an_old_generation_gets_the_current_token(kit, bkash):
    """Its 401 is no news; no second renewal."""

    async def main() -> None:
        tokens = source(kit, bkash)
        old = await tokens.token()
        new = await tokens.replace(old)
        straggler = await tokens.replace(old)
        assert (straggler.id_token, straggler.generation) == (new.id_token, new.generation)

    run_virtual(main())
    assert bkash.calls == {"token_grant": 1, "token_refresh": 1}


def test_while_a_rejected_token_is_replaced_nobody_else_is_given_it(kit, bkash):
    """They wait for its successor."""
    bkash.delay_s = {"token_refresh": 2.0}

    async def main() -> None:
        tokens = source(kit, bkash)
        old = await tokens.token()
        replacing = asyncio.create_task(tokens.replace(old))
        await asyncio.sleep(1.0)
        assert (await tokens.token()).id_token == "id-2"
        await replacing

    run_virtual(main())


def test_t6_when_new_tokens_are_rejected_too_there_is_one_renewal_per_cool_down(kit, bkash):
    """The credentials are wrong, or the gateway is; asking more often helps nobody."""

    async def main() -> None:
        tokens = source(kit, bkash)
        token = await tokens.token()
        for _ in range(100):
            try:
                token = await tokens.replace(token)
            except Refused:
                token = await tokens.token()
            await asyncio.sleep(1.0)

    run_virtual(main())
    assert bkash.token_calls <= 1 + 1 + 100 / COOL_DOWN_S


def test_t6_refused_credentials_are_not_tried_with_every_payment(kit, bkash):
    """The refusal is remembered, and told to all, for the cool-down."""
    bkash.script = {"token_grant": [kit.refusal("2001", "Invalid App Key")]}

    async def main() -> None:
        tokens = source(kit, bkash)
        for _ in range(10):
            with pytest.raises(Refused, match="Invalid App Key"):
                await tokens.token()
            await asyncio.sleep(1.0)
        assert bkash.calls["token_grant"] == 1
        await asyncio.sleep(COOL_DOWN_S)
        assert (await tokens.token()).id_token == "id-2"

    run_virtual(main())


@pytest.mark.parametrize("lifetime", [1, 30, "3600", 0, -5, None, "soon", 315_360_000])
def test_t7_no_lifetime_makes_a_call_per_payment(kit, bkash, lifetime: object):
    """At most one token call per 80 % of the shortest life, whatever `expires_in` says."""
    bkash.lifetime = lifetime
    bkash.delay_s = {"token_grant": 0.3, "token_refresh": 0.3}

    async def main() -> None:
        tokens = source(kit, bkash)
        for _ in range(1_000):
            await tokens.token()
            await asyncio.sleep(0.1)

    run_virtual(main())
    shortest_s = lifetime if lifetime in (1, 30) else 3600
    # 1,000 calls take 100 s, and up to 0.3 s more for every renewal that is waited for.
    assert bkash.token_calls <= 1 + (100 + 0.3 * bkash.token_calls) / (0.8 * shortest_s)


def test_t8_while_refreshing_fails_the_old_token_is_used_and_tries_are_spaced(kit, bkash):
    """Five failures, no failed request, and no try per request."""
    bkash.script = {"token_refresh": [httpx.ConnectError("down")] * 5}

    async def main() -> None:
        tokens = source(kit, bkash)
        await tokens.token()
        await asyncio.sleep(3240.0)
        seen = set()
        for _ in range(2_900):
            seen.add((await tokens.token()).id_token)
            await asyncio.sleep(0.1)
        assert seen == {"id-1", "id-7"}

    run_virtual(main())
    assert bkash.calls == {"token_grant": 1, "token_refresh": 6}


def test_t9_an_expired_refresh_token_costs_one_grant(kit, bkash):
    """And nobody notices."""
    bkash.script = {"token_refresh": [kit.gateway_error(400, "Refresh token expired")]}

    async def main() -> None:
        tokens = source(kit, bkash)
        await tokens.token()
        await asyncio.sleep(3400.0)
        await tokens.token()
        await asyncio.sleep(0.1)
        assert (await tokens.token()).id_token == "id-3"

    run_virtual(main())
    assert bkash.calls == {"token_grant": 2, "token_refresh": 1}


def test_t10_when_the_leaders_grant_hangs_the_waiters_get_one_more_leader(kit, bkash):
    """The leader fails with its flight; the rest do not fail with it."""
    bkash.script = {"token_grant": [httpx.ReadError("lost")]}
    bkash.delay_s = {"token_grant": 2.0}

    async def main() -> None:
        tokens = source(kit, bkash)
        leader, *waiters = await all_of(tokens, 100)
        assert isinstance(leader, OutcomeUnknown)
        assert {t.id_token for t in waiters if isinstance(t, Token)} == {"id-2"}
        assert len(waiters) == 99

    run_virtual(main())
    assert bkash.calls == {"token_grant": 2}


def test_t10_there_is_no_third_leader(kit, bkash):
    """When that one fails as well, everybody is told; a hundred waiters are no hundred grants."""
    bkash.script = {"token_grant": [httpx.ReadError("lost")] * 2}
    bkash.delay_s = {"token_grant": 2.0}

    async def main() -> None:
        results = await all_of(source(kit, bkash), 100)
        assert {type(r) for r in results} == {OutcomeUnknown}
        assert asyncio.get_running_loop().time() == 4.0

    run_virtual(main())
    assert bkash.calls == {"token_grant": 2}


def test_t12_the_gateways_clock_does_not_matter(kit, bkash):
    """A life is counted from our own asking, on the loop's clock, whatever `Date` says."""

    async def ahead(request: httpx.Request) -> httpx.Response:
        answer = kit.success(id_token="id-1", refresh_token="r", expires_in=3600)
        answer.headers["date"] = "Fri, 31 Dec 2099 23:59:59 GMT"
        return answer

    bkash.script = {"token_grant": [ahead]}

    async def main() -> None:
        tokens = source(kit, bkash, early=False)
        await tokens.token()
        await asyncio.sleep(3539.0)
        await tokens.token()

    run_virtual(main())
    assert bkash.token_calls == 1


def test_t15_an_hour_of_traffic_fits_in_two_token_calls(kit, bkash):
    """A payment a second, with a cold start."""

    async def main() -> None:
        tokens = source(kit, bkash)
        for _ in range(3_600):
            await tokens.token()
            await asyncio.sleep(1.0)

    run_virtual(main())
    assert bkash.token_calls <= 2


def test_a_cancelled_payment_takes_nobodys_token_away(kit, bkash):
    """The shopper who came first hangs up."""
    bkash.delay_s = {"token_grant": 2.0}

    async def main() -> None:
        tokens = source(kit, bkash)
        leader = asyncio.create_task(tokens.token())
        await asyncio.sleep(1.0)
        waiter = asyncio.create_task(tokens.token())
        await asyncio.sleep(0.5)
        leader.cancel()
        assert (await waiter).id_token == "id-1"

    run_virtual(main())
    assert bkash.calls == {"token_grant": 1}


def test_closing_tells_whoever_waits(kit, bkash):
    """Their payment was not sent."""
    bkash.delay_s = {"token_grant": 2.0}

    async def main() -> None:
        tokens = source(kit, bkash)
        waiting = asyncio.create_task(tokens.token())
        await asyncio.sleep(1.0)
        await tokens.aclose()
        with pytest.raises(NotSent):
            await waiting

    run_virtual(main())


def test_modelled_time_is_scaled_to_the_wall(kit, bkash):
    """At scale 0.01 a token of an hour is dead after 35.4 wall seconds."""

    async def main() -> None:
        tokens = source(kit, bkash, early=False, time_scale=0.01)
        await tokens.token()
        await asyncio.sleep(35.39)
        assert (await tokens.token()).id_token == "id-1"
        await asyncio.sleep(0.02)
        assert (await tokens.token()).id_token == "id-2"

    run_virtual(main())


WEATHER = st.sampled_from(["works", "refused", "lost", "lost after", "down", "spoilt", "503"])


@settings(max_examples=150, deadline=None)
@given(
    grants=st.lists(WEATHER, max_size=8),
    refreshes=st.lists(WEATHER, max_size=8),
    gaps_s=st.lists(st.floats(0, 40), min_size=1, max_size=40),
    lifetime=st.sampled_from([5, 20, 60]),
    early=st.booleans(),
)
def test_whatever_the_gateway_does_no_dead_token_is_handed_out_and_calls_never_overlap(
    kit, grants: list[str], refreshes: list[str], gaps_s: list[float], lifetime: int, early: bool
):
    """Under any sequence of failures and arrivals, and it recovers when the gateway does."""
    bkash = kit.FakeBkash(lifetime=lifetime, delay_s={"token_grant": 0.5, "token_refresh": 0.5})
    storm = kit.Storm(bkash, {"token_grant": grants, "token_refresh": refreshes})

    async def pay(tokens: CachedTokens) -> None:
        try:
            token = await tokens.token()
        except PaymentError:
            return
        assert tokens.age_s(token) < lifetime

    async def main() -> None:
        tokens = source(kit, storm, kit.MemoryStore(), early=early)
        for gap_s in gaps_s:
            await asyncio.gather(pay(tokens), pay(tokens))
            await asyncio.sleep(gap_s)
        storm.forecast.clear()
        await asyncio.sleep(COOL_DOWN_S + 1)
        await tokens.token()

    run_virtual(main())
    assert storm.most_in_flight <= 1
