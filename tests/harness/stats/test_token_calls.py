"""Token calls, and what they would be in an hour of real life."""

import pytest

from harness.rundata import Costs
from harness.stats import token_calls
from harness.stats.token_calls import count_token_calls


def _costs(calls: dict[str, int], *, payments: int = 280, horizon_s: float = 70.0) -> Costs:
    return Costs(
        gateway_calls=calls,
        payments_started=payments,
        new_connections=None,
        queries=None,
        token_hits=None,
        token_misses=None,
        memory_bytes=None,
        cpu_s=None,
        horizon_s=horizon_s,
    )


def test_a_token_per_call_grows_with_the_payments() -> None:
    """Two grants a payment at 4 payments a second: 28,800 an hour, the third after 0.25 s."""
    tokens = token_calls(_costs({"token_grant": 560}), token_lifetime_s=20.0)
    assert tokens.per_payment == 2.0
    assert tokens.per_payment_habit
    assert tokens.per_hour == pytest.approx(28_800)
    assert tokens.over_limit
    assert tokens.blocked_after_s == pytest.approx(0.25)


def test_a_kept_token_is_asked_for_once_per_lifetime() -> None:
    """Four calls in 3.5 lifetimes of 20 s are 1.14 in the one lifetime that an hour holds."""
    tokens = token_calls(_costs({"token_grant": 1, "token_refresh": 3}), token_lifetime_s=20.0)
    assert (tokens.grants, tokens.refreshes) == (1, 3)
    assert tokens.lifetimes == pytest.approx(3.5)
    assert tokens.per_lifetime == tokens.per_hour == pytest.approx(4 / 3.5)
    assert not tokens.per_payment_habit
    assert not tokens.over_limit
    assert tokens.blocked_after_s is None


def test_several_calls_per_lifetime_break_the_limit_too() -> None:
    """Without single flight, an expiry makes many grants at once."""
    tokens = token_calls(_costs({"token_grant": 35}), token_lifetime_s=20.0)
    assert not tokens.per_payment_habit
    assert tokens.per_hour == pytest.approx(10.0)
    assert tokens.over_limit
    assert tokens.blocked_after_s is None


def test_a_run_without_payments_has_no_habit() -> None:
    """Per payment does not exist, per lifetime does."""
    tokens = token_calls(_costs({"token_grant": 2}, payments=0), token_lifetime_s=35.0)
    assert tokens.per_payment is None
    assert tokens.per_hour == pytest.approx(1.0)


def test_a_run_of_no_time_tells_nothing_about_an_hour() -> None:
    """Neither a rate nor a lifetime can be had from no time."""
    tokens = token_calls(_costs({"token_grant": 2}, horizon_s=0.0), token_lifetime_s=20.0)
    assert tokens.per_lifetime is None
    assert tokens.per_hour is None
    assert not tokens.over_limit
    habit = token_calls(_costs({"token_grant": 560}, horizon_s=0.0), token_lifetime_s=20.0)
    assert habit.per_payment_habit
    assert habit.per_hour is None


def test_token_calls_are_grants_and_refreshes() -> None:
    """Other operations are not token calls."""
    assert count_token_calls({"token_grant": 2, "token_refresh": 3, "create_payment": 9}) == 5
    assert count_token_calls({}) == 0
