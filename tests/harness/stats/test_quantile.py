"""Quantiles against numpy, R's documented examples and their own laws."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from harness.stats import P99_MIN_N, describe, quantile
from harness.stats.quantile import quantile_of_sorted

_values = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60)
_levels = st.floats(0.0, 1.0)


@given(_values, _levels)
def test_quantile_equals_numpys_linear(values: list[float], q: float) -> None:
    """Type 7 is numpy's method "linear"."""
    expected = np.quantile(values, q, method="linear")
    assert quantile(values, q) == pytest.approx(expected, rel=1e-12, abs=1e-6)


@pytest.mark.parametrize(
    ("q", "expected"),
    [(0.0, 1.0), (0.25, 1.75), (0.5, 2.5), (0.9, 3.7), (1.0, 4.0)],
    ids=["minimum", "quartile", "median", "p90", "maximum"],
)
def test_quantile_of_one_to_four_is_r_quantile_type_7(q: float, expected: float) -> None:
    """R's `quantile(1:4, q, type = 7)` gives these."""
    assert quantile([4, 2, 1, 3], q) == pytest.approx(expected)


def test_p90_of_one_to_ten_lies_between_nine_and_ten() -> None:
    """The trap of this field: a p90 of 1..10 that is 10."""
    assert quantile(range(1, 11), 0.9) == pytest.approx(9.1)


@given(_values, _levels, _levels)
def test_quantile_never_falls_as_its_level_rises(values: list[float], a: float, b: float) -> None:
    """A higher level is never a smaller value."""
    low, high = quantile(values, min(a, b)), quantile(values, max(a, b))
    assert low is not None
    assert high is not None
    assert low <= high + 1e-9 * max(1.0, abs(high))


def test_quantile_of_nothing_does_not_exist() -> None:
    """There is no quantile of no values."""
    assert quantile([], 0.5) is None


@pytest.mark.parametrize("q", [-0.01, 1.01, float("nan")])
def test_level_outside_zero_to_one_is_refused(q: float) -> None:
    """A level given in per cent is a mistake, not a quantile."""
    with pytest.raises(ValueError, match="level"):
        quantile([1.0, 2.0], q)


def test_quantile_of_sorted_works_along_the_last_axis() -> None:
    """Each row has its own quantile."""
    rows = np.array([[1.0, 2.0, 3.0], [10.0, 20.0, 40.0]])
    assert quantile_of_sorted(rows, 0.5).tolist() == [2.0, 20.0]
    assert quantile_of_sorted(rows, 1.0).tolist() == [3.0, 40.0]


def test_describe_of_nothing_is_all_none_but_n() -> None:
    """No durations, no figures."""
    figures = describe([])
    assert figures.n == 0
    assert {figures.mean, figures.p50, figures.p90, figures.p95, figures.p99, figures.max} == {None}


def test_p99_exists_from_a_thousand_durations_on() -> None:
    """Below a thousand, p99 rests on fewer than ten."""
    assert describe(np.arange(P99_MIN_N - 1)).p99 is None
    assert describe(np.arange(P99_MIN_N)).p99 == pytest.approx(0.99 * (P99_MIN_N - 1))


@given(_values)
def test_describe_agrees_with_numpy(values: list[float]) -> None:
    """Every figure is numpy's."""
    figures = describe(values)
    assert figures.n == len(values)
    assert figures.mean == pytest.approx(np.mean(values), rel=1e-9, abs=1e-6)
    assert figures.p95 == pytest.approx(np.quantile(values, 0.95), rel=1e-9, abs=1e-6)
    assert figures.max == max(values)
