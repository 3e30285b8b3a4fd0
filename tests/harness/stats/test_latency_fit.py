"""Laws of fitting a latency model."""

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, strategies as st

from harness.stats.latency_fit import fit_latency

SEED = 7


def lognormal(n, *, median_s=1.0, ratio=1.4, seed=SEED):
    sigma = math.log(ratio) / 1.6448536269514722
    return median_s * np.exp(sigma * np.random.default_rng(seed).standard_normal(n))


def with_tail(n, *, probability, factor):
    slow = np.arange(n) < probability * n
    return lognormal(n) * np.where(slow, factor, 1.0)


@pytest.mark.parametrize("n", [50, 500, 5_000])
@pytest.mark.parametrize(("median_s", "ratio"), [(0.1, 1.4), (1.0, 1.2), (2.0, 3.0)])
def test_a_lognormal_is_found_again(n, median_s, ratio):
    """Median and p95 come out within their sampling error, without a tail that is not there."""
    fit = fit_latency(lognormal(n, median_s=median_s, ratio=ratio))
    assert fit.median_s == pytest.approx(median_s, rel=4 * math.log(ratio) / math.sqrt(n))
    assert fit.p95_s / fit.median_s == pytest.approx(ratio, rel=0.9 / math.sqrt(n) + 0.05)
    assert fit.tail_probability is None
    assert fit.fits


@pytest.mark.parametrize(
    ("probability", "factor"), [(0.01, 5), (0.05, 10), (0.1, 3)], ids=["guide", "flaky", "thick"]
)
def test_a_tail_is_found_with_its_share_and_factor(probability, factor):
    """The profiles that come with the harness are recovered from their own samples."""
    fit = fit_latency(with_tail(4_000, probability=probability, factor=factor))
    assert fit.tail_probability == pytest.approx(probability, rel=0.25)
    assert fit.tail_factor == pytest.approx(factor, rel=0.1)
    assert fit.median_s == pytest.approx(1.0, rel=0.03)
    assert fit.p95_s == pytest.approx(1.4, rel=0.03)
    assert fit.fits


def test_without_a_tail_it_is_scipys_maximum_likelihood():
    """Oracle: scipy.stats.lognorm.fit with the location held at 0."""
    samples = lognormal(400)
    shape, _, scale = scipy.stats.lognorm.fit(samples, floc=0)
    fit = fit_latency(samples)
    assert fit.median_s == pytest.approx(scale, rel=1e-4)
    assert fit.p95_s == pytest.approx(scale * math.exp(1.6448536 * shape), rel=1e-4)


def test_the_distance_is_that_of_kolmogorov_and_smirnov():
    """Oracle: scipy.stats.kstest against the fitted distribution."""
    samples = lognormal(300, ratio=2.0)
    fit = fit_latency(samples)
    sigma = math.log(fit.p95_s / fit.median_s) / 1.6448536269514722
    oracle = scipy.stats.kstest(samples, scipy.stats.lognorm(sigma, scale=fit.median_s).cdf)
    assert fit.ks_distance == pytest.approx(oracle.statistic, abs=1e-9)


@pytest.mark.parametrize(
    "samples",
    [
        np.concatenate([lognormal(500, median_s=0.2), lognormal(500, median_s=2.0)]),
        np.random.default_rng(SEED).uniform(0.001, 2.0, 2_000),
    ],
    ids=["two kinds of call", "uniform"],
)
def test_what_is_no_lognormal_is_said_to_fit_badly(samples):
    """Such times have to be repeated as they are."""
    assert not fit_latency(samples).fits


@pytest.mark.parametrize("n", [1, 2, 7])
def test_equal_samples_are_a_constant(n):
    """There is nothing to spread."""
    fit = fit_latency([0.25] * n)
    assert fit.median_s == pytest.approx(0.25)
    assert fit.p95_s == fit.median_s
    assert fit.ks_distance == 0
    assert fit.median_error == (None if n == 1 else 0)


def test_few_samples_have_a_wide_error():
    """The median of nine is known far worse than that of 900."""
    few, many = fit_latency(lognormal(9)), fit_latency(lognormal(900))
    assert few.median_error > 5 * many.median_error
    assert few.n == 9


@pytest.mark.parametrize(
    "samples", [[], [0.0], [1.0, -1.0], [float("nan")], [1.0, float("inf")]], ids=str
)
def test_what_is_no_time_is_refused(samples):
    """Zero, negative, NaN, infinity and nothing."""
    with pytest.raises(ValueError, match="samples"):
        fit_latency(samples)


@given(st.lists(st.floats(1e-4, 500), min_size=1, max_size=60))
def test_any_times_get_a_model_that_a_profile_can_hold(samples):
    """Finite, positive, p95 not below the median, the tail a tail."""
    fit = fit_latency(samples)
    assert 0 < fit.median_s <= fit.p95_s < math.inf
    assert 0 <= fit.ks_distance <= 1
    if fit.tail_probability is not None:
        assert 0 < fit.tail_probability <= 0.3
        assert fit.tail_factor >= 1.5
