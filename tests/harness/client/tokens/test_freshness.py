"""Laws of stale and dead."""

import asyncio

import pytest
from hypothesis import given, strategies as st

from harness.client import EARLY_RENEW_AT, Freshness, Token, epoch_ns
from harness.client.tokens.freshness import keyed_share
from harness.clock import NS_PER_S, now_ns
from harness.simulation import run_virtual


def moments(lifetime_s: float, *, age_s: float = 0.0, **freshness: object) -> tuple[float, float]:
    """Return wall seconds from now until a token is stale, and until it is dead."""

    async def main() -> tuple[float, float]:
        await asyncio.sleep(100.0)
        rule = Freshness(**freshness)  # type: ignore[arg-type]
        token = Token("t", "", epoch_ns() - round(age_s * NS_PER_S), lifetime_s)
        stale_ns, dead_ns = rule.stale_at_ns(token) - now_ns(), rule.dead_at_ns(token) - now_ns()
        return stale_ns / NS_PER_S, dead_ns / NS_PER_S

    return run_virtual(main())


def test_an_hours_token_is_dead_a_minute_before_its_hour():
    """The minute is for the way and for two clocks that differ."""
    assert moments(3600.0) == (3540.0, 3540.0)


def test_an_hours_token_is_stale_in_its_54th_or_55th_minute():
    """55 minutes less a keyed jitter of at most one."""
    stale_s, _ = moments(3600.0, renew_at=EARLY_RENEW_AT, jitter_key="shop")
    assert 54 * 60 <= stale_s <= 55 * 60


@given(st.floats(0.5, 86_400), st.floats(0.01, 2), st.text(max_size=5))
def test_windows_scale_with_the_life_and_with_the_wall(life_s: float, scale: float, key: str):
    """Tokens of 20 s show in a minute what tokens of an hour do in a day."""
    stale_s, dead_s = moments(life_s, renew_at=EARLY_RENEW_AT, time_scale=scale, jitter_key=key)
    assert life_s * scale * 54 / 60 - 1e-6 <= stale_s <= life_s * scale * 55 / 60 + 1e-6
    assert stale_s < dead_s
    assert dead_s == pytest.approx((life_s - min(60, life_s / 60)) * scale, abs=1e-6)


def test_age_moves_both_moments():
    """A token from the store is as old as its stamp says."""
    assert moments(3600.0, age_s=3000.0) == (540.0, 540.0)
    assert moments(3600.0, age_s=4000.0) == (-460.0, -460.0)


def test_r38_a_token_from_the_future_is_dead():
    """Its clock was set back since: its true age is anybody's guess. A minute of skew is none."""
    assert moments(3600.0, age_s=-61.0) == (0.0, 0.0)
    assert moments(3600.0, age_s=-59.0)[1] == 3599.0


def test_a_share_of_a_life_is_due_no_later_than_its_death():
    """Whoever renews at 100 % renews while the token still works."""

    async def main() -> None:
        rule = Freshness()
        token = Token("t", "", epoch_ns(), 3600.0)
        assert rule.due_at_ns(token, share=0.75) - now_ns() == 2700 * NS_PER_S
        assert rule.due_at_ns(token, share=1.0) == rule.dead_at_ns(token)
        assert rule.until_s(rule.due_at_ns(token, share=0.75)) == 2700.0
        assert rule.until_s(now_ns() - 5) == 0.0
        assert rule.age_s(token) == 0.0

    run_virtual(main())


def test_generations_and_processes_renew_at_different_moments():
    """The jitter is keyed: the same in every run, another for each token and each process."""

    async def main() -> set[int]:
        token = Token("t", "", epoch_ns(), 3600.0)
        next_one = Token("t", "", epoch_ns(), 3600.0, generation=1)
        one, two = (Freshness(renew_at=EARLY_RENEW_AT, jitter_key=key) for key in "ab")
        return {one.stale_at_ns(token), one.stale_at_ns(next_one), two.stale_at_ns(token)}

    assert len(run_virtual(main())) == 3


@given(st.text())
def test_a_keyed_share_is_a_function_into_the_unit_interval(key: str):
    """Chance without a generator."""
    assert 0 <= keyed_share(key) < 1
    assert keyed_share(key) == keyed_share(key)
