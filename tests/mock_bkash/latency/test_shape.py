"""Shapes of latencies."""

import math
from statistics import quantiles

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from mock_bkash.latency import Constant, Empirical, Lognormal, Uniform

probabilities = st.floats(min_value=0.001, max_value=0.999)


@given(q=probabilities)
def test_lognormal_agrees_with_scipy(q: float):
    """The quantiles are those of a lognormal with the asked median and p95."""
    sigma = math.log(1.4) / stats.norm.ppf(0.95)
    oracle = stats.lognorm(s=sigma, scale=2.0).ppf(q)
    assert Lognormal(median_s=2.0, p95_s=2.8).quantile_s(q) == pytest.approx(oracle, rel=1e-9)


def test_lognormal_meets_its_own_figures():
    """The median and the p95 that were asked for come out."""
    shape = Lognormal(median_s=1.05, p95_s=1.35)
    assert shape.quantile_s(0.5) == 1.05
    assert shape.quantile_s(0.95) == pytest.approx(1.35)


def test_a_lognormal_can_be_told_by_its_p99():
    """It is the same shape, and meets the figure."""
    shape = Lognormal.through_p99(median_s=1.0, p99_s=3.0)
    assert shape.quantile_s(0.5) == 1.0
    assert shape.quantile_s(0.99) == pytest.approx(3.0)
    assert shape.quantile_s(0.95) == pytest.approx(shape.p95_s)


@given(q=probabilities, samples=st.lists(st.floats(0, 100), min_size=1, max_size=30))
def test_empirical_agrees_with_numpy(q: float, samples: list[float]):
    """Interpolation is Hyndman & Fan's type 7, numpy's default."""
    shape = Empirical(tuple(samples), file="x.txt")
    assert shape.quantile_s(q) == pytest.approx(float(np.quantile(samples, q)), abs=1e-9)


def test_empirical_sorts_what_it_is_given():
    """A file may hold its samples in the order in which they were measured."""
    shape = Empirical((3.0, 1.0, 2.0), file="x.txt")
    assert shape.samples_s == (1.0, 2.0, 3.0)
    assert shape.quantile_s(0.5) == quantiles([1, 2, 3], n=2, method="inclusive")[0]


def test_uniform_and_constant_are_what_they_say():
    """Half-way between the bounds, and always the same."""
    assert Uniform(low_s=1.0, high_s=3.0).quantile_s(0.25) == 1.5
    assert Constant(value_s=0.3).quantile_s(0.999) == 0.3


@pytest.mark.parametrize(
    ("build", "field"),
    [
        (lambda: Constant(value_s=-1), "value_s"),
        (lambda: Constant(value_s=math.nan), "value_s"),
        (lambda: Constant(value_s=math.inf), "value_s"),
        (lambda: Constant(value_s=1e12), "value_s"),
        (lambda: Lognormal(median_s=1e12, p95_s=1e12), "median_s"),
        (lambda: Lognormal(median_s=1, p95_s=86_401), "p95_s"),
        (lambda: Lognormal.through_p99(median_s=1, p99_s=1e12), "p99_s"),
        (lambda: Uniform(low_s=0, high_s=1e12), "high_s"),
        (lambda: Empirical((1.0, 1e12), file="x"), "file"),
        (lambda: Lognormal(median_s=0, p95_s=1), "median_s"),
        (lambda: Lognormal(median_s=2, p95_s=1), "p95_s"),
        (lambda: Lognormal(median_s=2, p95_s=math.nan), "p95_s"),
        (lambda: Lognormal.through_p99(median_s=0, p99_s=1), "median_s"),
        (lambda: Lognormal.through_p99(median_s=2, p99_s=1), "p99_s"),
        (lambda: Uniform(low_s=-0.1, high_s=1), "low_s"),
        (lambda: Uniform(low_s=2, high_s=1), "high_s"),
        (lambda: Empirical((), file="x"), "file"),
        (lambda: Empirical((1.0, math.nan), file="x"), "file"),
    ],
)
def test_impossible_numbers_are_refused_by_their_field(build, field: str):
    """A latency that cannot be is told by the field that asks for it."""
    with pytest.raises(ValueError, match=f"^{field}: must"):
        build()


@pytest.mark.parametrize(
    ("shape", "written"),
    [
        (Constant(1.0), {"kind": "constant", "value_s": 1.0}),
        (Lognormal(1.0, 2.0), {"kind": "lognormal", "median_s": 1.0, "p95_s": 2.0}),
        (Uniform(1.0, 2.0), {"kind": "uniform", "low_s": 1.0, "high_s": 2.0}),
    ],
)
def test_a_shape_is_written_as_it_is_read(shape, written: dict[str, object]):
    """A manifest can show the profile it ran with."""
    assert shape.to_dict() == written


def test_an_empirical_shape_is_written_with_a_digest_of_its_samples():
    """Two files of one name may hold other samples; their order in the file means nothing."""
    written = Empirical((1.0, 2.0), "a.txt").to_dict()
    assert (written["kind"], written["file"], written["samples"]) == ("empirical", "a.txt", 2)
    assert Empirical((2, 1), "a.txt").to_dict() == written
    assert Empirical((1.0, 2.5), "a.txt").to_dict()["sha256"] != written["sha256"]
