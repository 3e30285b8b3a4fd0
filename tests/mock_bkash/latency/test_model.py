"""A profile ready to draw from."""

import numpy as np
import pytest

from mock_bkash.latency import LatencyModel, Network, Profile, load_profile


def test_constant_profile_is_exact_to_the_microsecond():
    """Arithmetic by hand comes out."""
    model = LatencyModel(load_profile("constant"), seed=3)
    assert model.delay_us("create_payment", "k", 1) == 1_000_000
    assert model.delay_us("check_enrolled", "k", 9) == 250_000


def test_an_operation_without_a_latency_takes_no_time():
    """What the profile does not name is not delayed."""
    assert LatencyModel(load_profile("fast"), seed=1).delay_us("create_payment", "k", 1) == 0


def test_equal_calls_are_equally_slow():
    """Two models of the same seed agree call by call; another seed does not."""
    profile = load_profile("guide")
    calls = [("create_payment", f"p{n}", 1) for n in range(50)]
    first = [LatencyModel(profile, 1).delay_us(*call) for call in calls]
    assert first == [LatencyModel(profile, 1).delay_us(*call) for call in reversed(calls)][::-1]
    assert first != [LatencyModel(profile, 2).delay_us(*call) for call in calls]


def test_guide_draws_what_it_promises():
    """Median and p95 of 20,000 draws lie at 1.0 s and near 1.4 s, and 1 in 100 is far slower."""
    model = LatencyModel(load_profile("guide"), seed=5)
    delays_s = np.array([model.delay_us("create_payment", f"p{n}", 1) for n in range(20_000)]) / 1e6
    assert np.median(delays_s) == pytest.approx(1.0, rel=0.02)
    assert np.quantile(delays_s, 0.94) == pytest.approx(1.4, rel=0.05)
    assert np.mean(delays_s > 2.5) == pytest.approx(0.01, abs=0.004)


def test_round_trip_is_counted_in_microseconds():
    """A distance is a time too."""
    profile = Profile("far", {}, Network(gateway_round_trip_s=0.04))
    assert LatencyModel(profile, seed=0).gateway_round_trip_us == 40_000
