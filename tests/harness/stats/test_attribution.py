"""Means by stage: additive, and comparable by arrival."""

import numpy as np
import pytest

from harness.stats import MIN_N, change_of_means, critical_seconds, random_generator


def _rng() -> np.random.Generator:
    return random_generator(1, "test")


def test_stages_and_rest_sum_to_the_payment() -> None:
    """Σ critical stages + unaccounted = payment time."""
    critical = np.array([[2, 3], [0, 7]]) * 10**9
    total = np.array([6, 7]) * 10**9
    seconds = critical_seconds(critical, total)
    assert seconds.tolist() == [[2.0, 3.0, 1.0], [0.0, 7.0, 0.0]]
    assert seconds.sum(axis=1).tolist() == [6.0, 7.0]


def test_changes_of_stages_sum_to_the_change_of_the_whole() -> None:
    """What the columns save is what the payment saves."""
    rng = np.random.default_rng(1)
    base, candidate = rng.random((50, 4)), rng.random((50, 4))
    changes = change_of_means(base, candidate, rng=_rng())
    whole = candidate.sum(axis=1).mean() - base.sum(axis=1).mean()
    assert sum(change.difference_s for change in changes) == pytest.approx(whole)


def test_a_constant_saving_is_sure() -> None:
    """0.2 s less for everybody has an interval of no width; an unchanged stage has none either."""
    base = np.random.default_rng(1).random((60, 2))
    changes = change_of_means(base, base - [0.2, 0.0], rng=_rng())
    assert changes[0].interval_s is not None
    assert changes[0].interval_s.low == pytest.approx(-0.2)
    assert changes[0].interval_s.high == pytest.approx(-0.2)
    assert changes[1].difference_s == 0


def test_interval_is_near_the_textbooks() -> None:
    """Of independent differences: ± 1.96 s / sqrt(n)."""
    base = np.zeros((900, 1))
    candidate = np.random.default_rng(1).normal(0.5, 1.0, size=(900, 1))
    (change,) = change_of_means(base, candidate, rng=_rng())
    assert change.interval_s is not None
    half = (change.interval_s.high - change.interval_s.low) / 2
    assert half == pytest.approx(1.96 * candidate.std() / 30, rel=0.15)


def test_few_pairs_have_no_interval_and_none_no_change() -> None:
    """The estimate needs one pair, the interval needs `MIN_N`."""
    few = np.ones((MIN_N - 1, 1))
    (change,) = change_of_means(few, 2 * few, rng=_rng())
    assert change.difference_s == 1.0
    assert change.interval_s is None
    assert change_of_means(np.zeros((0, 2)), np.zeros((0, 2)), rng=_rng()) == []


def test_shapes_must_pair_up() -> None:
    """Rows are arrivals: they must be the same."""
    with pytest.raises(ValueError, match="do not pair up"):
        change_of_means(np.ones((3, 1)), np.ones((4, 1)), rng=_rng())
