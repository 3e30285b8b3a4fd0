"""One variant, by itself and against the baseline."""

from collections.abc import Callable

import numpy as np
import pytest

from harness.stats import Statistic, Verdict
from reports import Analysis
from reports.variant_analysis import pair_up

Make = Callable[..., Analysis]


def test_every_candidate_is_compared_with_the_baseline(seven: Analysis) -> None:
    """By arrival, all of them; the baseline with nobody."""
    assert seven.baseline is seven.variants[0]
    assert seven.variants[0].comparison is None
    for variant in seven.variants[1:]:
        assert variant.comparison is not None
        assert variant.comparison.paired
        assert variant.comparison.n == 260
        assert variant.comparison.changes[Statistic.P50].verdict is Verdict.IMPROVED


def test_changes_of_stages_sum_to_the_change_of_the_mean(seven: Analysis) -> None:
    """The waterfall of means has no gap."""
    base, hero = seven.variants[0], seven.variants[5]
    assert hero.comparison is not None
    total = sum(change.difference_s for change in hero.critical_changes.values())
    assert total == pytest.approx(hero.comparison.changes[Statistic.MEAN].difference_s)
    assert base.critical_s.sum(axis=1) == pytest.approx(base.times_s)


def test_variants_without_a_common_arrival_are_not_compared(make_run: Make) -> None:
    """Failures may leave no pair."""
    analysis = make_run(
        variants=("sequential", "optimized"),
        arrivals=1,
        warmup_arrivals=0,
        failures={"optimized": {"timeout": 1}},
    )
    optimized = analysis.find("optimized")
    assert optimized is not None
    assert optimized.comparison is None


def test_pairs_are_the_same_arrivals(make_run: Make) -> None:
    """Rows of failed payments are passed over on both sides."""
    analysis = make_run(variants=("sequential", "stored"), failures={"stored": {"timeout": 5}})
    first, second = analysis.variants
    left, right = pair_up(first, second)
    assert left.size == right.size == 255
    assert np.array_equal(first.arrivals[left], second.arrivals[right])
    assert analysis.find("nobody") is None
