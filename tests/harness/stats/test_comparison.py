"""Comparisons, paired and not."""

from collections.abc import Callable

import numpy as np
import pytest

from harness.stats import (
    MIN_N,
    Comparison,
    Statistic,
    Verdict,
    compare_paired,
    compare_unpaired,
    random_generator,
)


def _rng() -> np.random.Generator:
    return random_generator(1, "test")


def _times(n: int = 280, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).lognormal(2.0, 0.2, size=n)


def test_a_constant_factor_is_found_exactly() -> None:
    """Half the time for every payment is -50 % without doubt, at any quantile."""
    base = _times()
    comparison = compare_paired(base, base / 2, rng=_rng())
    for change in comparison.changes.values():
        assert change.relative == pytest.approx(-0.5)
        assert change.relative_interval is not None
        assert change.relative_interval.low == pytest.approx(-0.5)
        assert change.relative_interval.high == pytest.approx(-0.5)
        assert change.verdict is Verdict.IMPROVED
    assert comparison.paired
    assert comparison.n == 280


def test_a_variant_against_itself_is_the_same() -> None:
    """No change, and no doubt about it."""
    base = _times()
    change = compare_paired(base, base, rng=_rng()).changes[Statistic.P50]
    assert change.difference_s == 0
    assert change.verdict is Verdict.SAME


def test_pairing_makes_the_interval_narrow() -> None:
    """What chance did to both cancels, as common random numbers promise."""
    base = _times()
    candidate = base * 0.97 + np.random.default_rng(5).normal(0, 0.01, base.size)
    paired = compare_paired(base, candidate, rng=_rng()).changes[Statistic.MEAN]
    unpaired = compare_unpaired(base, candidate, rng=_rng()).changes[Statistic.MEAN]
    assert paired.relative_interval is not None
    assert unpaired.relative_interval is not None
    width = paired.relative_interval.high - paired.relative_interval.low
    loose = unpaired.relative_interval.high - unpaired.relative_interval.low
    assert width < loose / 5
    assert paired.verdict is Verdict.IMPROVED
    assert unpaired.verdict is Verdict.INCONCLUSIVE
    assert paired.relative == unpaired.relative


def test_unpaired_runs_may_have_different_lengths() -> None:
    """Runs of another seed have other arrivals, and perhaps fewer."""
    comparison = compare_unpaired(_times(8000), _times(200, seed=4) * 1.5, rng=_rng())
    assert comparison.n == 200
    assert not comparison.paired
    assert comparison.changes[Statistic.P50].verdict is Verdict.REGRESSED


def test_the_difference_interval_is_in_seconds() -> None:
    """A payment that is 0.4 s shorter for everybody is 0.4 s shorter."""
    base = _times()
    change = compare_paired(base, base - 0.4, rng=_rng()).changes[Statistic.MEAN]
    assert change.difference_s == pytest.approx(-0.4)
    assert change.difference_interval_s is not None
    assert change.difference_interval_s.low == pytest.approx(-0.4)


@pytest.mark.parametrize("compare", [compare_paired, compare_unpaired])
def test_too_few_payments_have_a_change_without_interval(
    compare: Callable[..., Comparison],
) -> None:
    """The estimate stands, the interval does not, and so there is no verdict."""
    base = _times(MIN_N - 1)
    change = compare(base, base / 2, rng=_rng()).changes[Statistic.P50]
    assert change.relative == pytest.approx(-0.5)
    assert change.relative_interval is None
    assert change.verdict is Verdict.INCONCLUSIVE


@pytest.mark.parametrize("compare", [compare_paired, compare_unpaired])
def test_no_payments_have_no_change(compare: Callable[..., Comparison]) -> None:
    """Nothing compares to nothing."""
    change = compare(np.zeros(0), np.zeros(0), rng=_rng()).changes[Statistic.MEAN]
    assert change.baseline_s is change.candidate_s is change.relative is None
    assert change.verdict is Verdict.INCONCLUSIVE


def test_there_is_no_relative_change_from_zero() -> None:
    """A ratio to zero does not exist; the difference does."""
    change = compare_paired(np.zeros(30), np.ones(30), rng=_rng()).changes[Statistic.P50]
    assert change.relative is None
    assert change.relative_interval is None
    assert change.difference_s == 1.0
    assert change.difference_interval_s is not None


def test_lengths_must_pair_up() -> None:
    """Pairs need two of each."""
    with pytest.raises(ValueError, match="do not pair up"):
        compare_paired(np.ones(3), np.ones(4), rng=_rng())


def test_generators_differ_by_purpose_and_agree_by_seed() -> None:
    """One purpose, one stream; the words are told apart."""
    assert random_generator(1, "a").random() == random_generator(1, "a").random()
    assert random_generator(1, "a").random() != random_generator(1, "b").random()
    assert random_generator(1, "a").random() != random_generator(2, "a").random()
    assert random_generator(-1, "a").random() != random_generator(1, "a").random()
