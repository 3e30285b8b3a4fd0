"""Laws of scenarios: who arrives when, and what cannot be run."""

import math

import pytest

from harness.errors import ConfigurationError
from harness.load import Burst, DayProfile, LoadPlan, Pacing, PlanVariant
from harness.simulation import (
    DAY_S,
    MAX_PAYMENTS,
    Arrivals,
    Fleet,
    NetworkModel,
    VirtualScenario,
)
from mock_bkash.latency import Network, Profile

PROFILE = Profile(name="none", operations={}, network=Network(gateway_round_trip_s=0.04))


def scenario(**values) -> VirtualScenario:
    usual = {"profile": PROFILE, "arrivals": Arrivals(rate_per_s=1 / 3), "payments": 100}
    return VirtualScenario(**(usual | values))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"payments": None}, "the run has no end"),
        ({"payments": 0}, "payments: must be 1 or more, got 0"),
        ({"duration_s": 0.0}, "duration_s: must be a finite number, above 0"),
        ({"duration_s": math.nan}, "duration_s: must be"),
        ({"duration_s": math.inf}, "duration_s: must be"),
        ({"warmup_s": -1.0}, "warmup_s: must be a finite number, 0 or more"),
        ({"token_lifetime_s": 0.0}, "token_lifetime_s: must be"),
        ({"land_think_s": math.nan}, "land_think_s: must be"),
        ({"approve_think_s": -0.1}, "approve_think_s: must be"),
        ({"request_timeout_s": 0.0}, "request_timeout_s: must be"),
    ],
)
def test_what_cannot_be_run_is_refused(values, words: str):
    """The message names the attribute, its value and the range."""
    with pytest.raises(ValueError, match=words):
        scenario(**values)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Arrivals(), "nobody arrives"),
        (lambda: Arrivals(rate_per_s=-1.0), "rate_per_s: must be"),
        (lambda: Arrivals(rate_per_s=math.nan), "rate_per_s: must be"),
        (lambda: Fleet(instances=0), "instances: must be 1 or more"),
        (lambda: Fleet(lifetime_s=0.5), "lifetime_s: must be 1 s or more"),
        (lambda: Fleet(lifetime_s=math.inf), "lifetime_s: must be"),
        (lambda: NetworkModel(database_connections=0), "database_connections: must be"),
    ],
)
def test_parts_that_make_no_sense_are_refused(make, words: str):
    """Each part knows its own ranges."""
    with pytest.raises(ValueError, match=words):
        make()


@pytest.mark.parametrize("pacing", list(Pacing))
def test_equal_options_mean_equal_arrivals_on_both_clocks(pacing: Pacing):
    """A cross-check compares the same shoppers at the same instants."""
    plan = LoadPlan(
        variants=(PlanVariant(name="cached", url="http://127.0.0.1"),),
        out=".",
        rate_per_s=4.0,
        duration_s=60.0,
        warmup_s=8.0,
        seed=5,
        pacing=pacing,
    )
    virtual = scenario(
        arrivals=Arrivals(rate_per_s=4.0, pacing=pacing),
        payments=None,
        duration_s=60.0,
        warmup_s=8.0,
        seed=5,
    )
    assert virtual.plan() == plan.arrivals()


def test_a_number_of_payments_ends_the_run_and_leaves_the_warm_up_out():
    """`--payments N` is N that count."""
    arrivals = scenario(warmup_s=60.0).plan()
    assert sum(not arrival.warmup for arrival in arrivals) == 100
    assert arrivals[0].warmup
    assert all(arrival.warmup == (arrival.due_ns < 60 * 10**9) for arrival in arrivals)
    assert scenario().length_s(arrivals) == pytest.approx(arrivals[-1].due_ns / 1e9)


def test_of_payments_and_duration_whichever_comes_first_ends_the_run():
    """Both are limits."""
    assert len(scenario(duration_s=DAY_S).plan()) == 100
    short = scenario(duration_s=30.0)
    assert len(short.plan()) == 10
    assert max(arrival.due_ns for arrival in short.plan()) < 30 * 10**9


def test_more_shoppers_later_change_nothing_about_those_before():
    """A longer run begins like a shorter one, so its first payments can be compared."""
    assert scenario(payments=200).plan()[:100] == scenario().plan()


def test_a_burst_comes_on_top_and_in_its_time():
    """500 more within two minutes, in order with the others, numbered without gaps."""
    burst = Burst(shoppers=500, at_s=7_200.0, length_s=120.0)
    arrivals = scenario(
        arrivals=Arrivals(rate_per_s=1 / 30, bursts=(burst,)), payments=None, duration_s=DAY_S
    ).plan()
    assert len(arrivals) == round(DAY_S / 30) + 500
    assert [arrival.number for arrival in arrivals] == list(range(len(arrivals)))
    assert arrivals == sorted(arrivals, key=lambda arrival: arrival.due_ns)
    inside = [a for a in arrivals if 7_200 <= a.due_ns / 1e9 < 7_320]
    assert 500 <= len(inside) <= 520


def test_a_day_profile_is_followed_hour_by_hour():
    """Each hour has as many as the file says, whatever the steady rate."""
    rates = tuple(float(hour) for hour in range(24))
    day = DayProfile("monday", rates)
    arrivals = scenario(
        arrivals=Arrivals(rate_per_s=99.0, day=day), payments=None, duration_s=2 * DAY_S
    ).plan()
    hours = [arrival.due_ns // (3_600 * 10**9) for arrival in arrivals]
    assert [hours.count(hour) for hour in range(48)] == [round(rate) for rate in rates] * 2


def test_shoppers_who_come_only_in_a_burst_end_a_run_that_wants_more():
    """There is nobody left to wait for."""
    arrivals = Arrivals(bursts=(Burst(shoppers=7, at_s=0.0, length_s=1.0),))
    assert len(scenario(arrivals=arrivals).plan()) == 7


def test_nobody_after_the_warm_up_is_an_error():
    """A run without a payment measures nothing."""
    with pytest.raises(ConfigurationError, match="no shopper arrives"):
        scenario(payments=None, duration_s=1.0).plan()


def test_more_shoppers_than_pairs_are_an_error():
    """Nobody buys a course twice, so a run is as long as there are pairs to sell."""
    crowded = scenario(arrivals=Arrivals(rate_per_s=4.0), payments=None, duration_s=DAY_S)
    with pytest.raises(ConfigurationError, match=f"more than {MAX_PAYMENTS} shoppers"):
        crowded.plan()


def test_the_network_of_a_profile_is_as_far_as_the_profile_says():
    """Round trips come from the profile; the rest is the scenario's."""
    network = NetworkModel.of(PROFILE, database_connections=3)
    assert network.gateway.round_trip_s == 0.04
    assert network.shopper.round_trip_s == 0.0
    assert network.database_connections == 3


def test_a_scenario_is_told_in_plain_values():
    """Manifests and gates compare what numbers depend on."""
    told = scenario(fleet=Fleet(instances=3, lifetime_s=900.0)).to_dict()
    assert told["fleet"] == {"instances": 3, "lifetime_s": 900.0}
    assert told["arrivals"]["pacing"] == "poisson"
    assert told["network"]["gateway_pool"] == {"connections": 100, "keep_alive_s": 15.0}
    assert told["service"] is None
