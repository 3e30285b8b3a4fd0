"""Laws of the default scenario, and of what the options make of it."""

from pathlib import Path

import pytest

from harness.cli.compare.virtual_options import BurstWish, VirtualWish
from harness.cli.compare.virtual_scenario import BURST, make_scenario
from harness.errors import ConfigurationError
from harness.load import Burst, Pacing
from harness.simulation import DAY_S, ServiceTime
from mock_bkash.latency import Network, Profile

PROFILE = Profile("none", {}, Network(gateway_round_trip_s=0.04, shopper_round_trip_s=0.06))


def test_the_default_contains_what_mental_arithmetic_cannot():
    """A day at the real life of a token, an admission that opens, and pools."""
    scenario = make_scenario(VirtualWish(), profile=PROFILE, seed=1)
    assert scenario.duration_s == DAY_S
    assert scenario.token_lifetime_s == 3_600.0
    assert scenario.arrivals.bursts == (BURST,)
    assert (BURST.shoppers, BURST.length_s) == (500, 120.0)
    assert scenario.network.gateway_pool.connections < 100
    assert scenario.network.database_connections is not None
    assert scenario.service is None
    assert len(scenario.plan()) == 2_880 + 500


def test_a_thousand_payments_have_seen_the_burst():
    """`--payments 1000` is a shorter day and not another one."""
    scenario = make_scenario(VirtualWish(payments=1_000), profile=PROFILE, seed=1)
    arrivals = scenario.plan()
    assert len(arrivals) == 1_000
    assert arrivals[-1].due_ns / 1e9 > BURST.at_s + BURST.length_s + 2 * 3_600


def test_who_names_the_traffic_gets_nothing_else():
    """With a rate, a day or bursts of one's own there is no burst of ours."""
    by_rate = make_scenario(VirtualWish(rate_per_s=1 / 3), profile=PROFILE, seed=1)
    assert by_rate.arrivals.bursts == ()
    own = VirtualWish(bursts=(BurstWish(7, 60.0, 10.0),), pacing="paced", duration_s=600.0)
    scenario = make_scenario(own, profile=PROFILE, seed=1)
    assert scenario.arrivals.bursts == (Burst(7, 60.0, 10.0),)
    assert scenario.arrivals.pacing is Pacing.PACED


def test_a_day_takes_the_place_of_the_rate(tmp_path: Path):
    """And bursts come on top where they are asked for."""
    (tmp_path / "monday.csv").write_text("9,60\n")
    wish = VirtualWish(day_file=tmp_path / "monday.csv", bursts=(BurstWish(5, 0.0, 1.0),))
    scenario = make_scenario(wish, profile=PROFILE, seed=1)
    assert len(scenario.plan()) == 65


def test_distances_are_the_profiles_and_trouble_the_options():
    """The gateway's line may lose packets; the shopper's is as the profile says."""
    wish = VirtualWish(loss=0.01, reset=0.02, gateway_connections=5, database_connections=2)
    network = make_scenario(wish, profile=PROFILE, seed=1).network
    assert (network.gateway.round_trip_s, network.gateway.loss, network.gateway.reset) == (
        0.04,
        0.01,
        0.02,
    )
    assert (network.shopper.round_trip_s, network.shopper.loss) == (0.06, 0.0)
    assert (network.gateway_pool.connections, network.database_connections) == (5, 2)


def test_a_processor_is_modelled_when_its_time_is_given():
    """Milliseconds as typed, seconds inside."""
    wish = VirtualWish(workers=2, service_time=5.0)
    assert make_scenario(wish, profile=PROFILE, seed=1).service == ServiceTime(2, 0.005)


def test_more_than_can_be_sold_is_refused():
    """The message names the options to lower."""
    scenario = make_scenario(VirtualWish(rate_per_s=4.0), profile=PROFILE, seed=1)
    with pytest.raises(ConfigurationError, match="lower --rate, --duration or --payments"):
        scenario.plan()
