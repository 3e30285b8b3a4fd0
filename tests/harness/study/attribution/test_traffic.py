"""Laws of the kinds of traffic."""

from itertools import pairwise

import pytest

from harness.errors import ConfigurationError
from harness.study.attribution.traffic import BURST_SHOPPERS, KINDS, make_scenario
from mock_bkash.latency import load_profile


def _scenario(name, *, payments=40, profile="constant"):
    kind = KINDS[name]
    latency = load_profile(kind.profile or profile)
    return make_scenario(kind, profile=latency, payments=payments, seed=1)


@pytest.mark.parametrize(
    ("name", "rate_per_hour"), [("quiet", 2), ("normal", 1200), ("flaky", 1200)]
)
def test_steady_traffic_has_its_rate(name, rate_per_hour):
    """Shoppers come as often as the words say."""
    arrivals = _scenario(name, payments=400).plan()
    hours = arrivals[-1].due_ns / 3.6e12
    assert len(arrivals) / hours == pytest.approx(rate_per_hour, rel=0.05)


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_as_many_payments_as_asked_for(name):
    """Warm-up comes on top."""
    arrivals = _scenario(name, payments=137).plan()
    assert sum(not arrival.warmup for arrival in arrivals) == 137


def test_bursts_find_a_shop_whose_token_has_ended():
    """500 in two minutes, and longer between than a token lives."""
    scenario = _scenario("burst", payments=1200)
    sizes = [burst.shoppers for burst in scenario.arrivals.bursts]
    assert sizes == [BURST_SHOPPERS, BURST_SHOPPERS, 200]
    starts = [burst.at_s for burst in scenario.arrivals.bursts]
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert all(gap > scenario.token_lifetime_s for gap in gaps)
    assert {burst.length_s for burst in scenario.arrivals.bursts} == {120.0}


def test_a_bad_day_brings_its_own_profile():
    """`flaky` is the profile's name; the other kinds take the user's."""
    assert KINDS["flaky"].profile == "flaky"
    assert {kind.profile for kind in KINDS.values() if kind.name != "flaky"} == {None}


def test_tokens_live_as_long_as_bkashs():
    """What a saved token is worth depends on it."""
    assert {_scenario(name).token_lifetime_s for name in KINDS} == {3600.0}


def test_more_than_the_clock_can_hold_is_refused():
    """Two payments an hour for years: the message says how many fit."""
    with pytest.raises(ConfigurationError, match=r"--payments 5000.*at most \d+ there"):
        _scenario("quiet", payments=5000)
    assert _scenario("quiet", payments=2000)
