"""The block bootstrap against arithmetic, scipy, and its own coverage."""

import numpy as np
import pytest
import scipy.stats  # type: ignore[import-untyped]

from harness.stats.bootstrap import (
    MIN_N,
    Statistic,
    block_length,
    estimate_interval,
    percentile_interval,
    resample_count,
    resample_means,
    resample_statistics,
)


def _rng(seed: int = 7) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize(("n", "length"), [(1, 1), (8, 2), (27, 3), (28, 4), (280, 7), (8000, 20)])
def test_block_length_is_the_cube_root_rounded_up(n: int, length: int) -> None:
    """An exact cube is not rounded up by floating point."""
    assert block_length(n) == length


def test_fewer_resamples_are_drawn_of_longer_series() -> None:
    """Work is bounded, and so are the ends of the interval."""
    assert resample_count(1) == resample_count(280) == 2000
    assert resample_count(5000) == 800
    assert resample_count(1_000_000) == 400


def test_same_seed_gives_the_same_resamples() -> None:
    """Chance is a function of the seed."""
    series = _rng(1).random((1, 50))
    first, second = (
        resample_statistics(series, statistics=(Statistic.P50,), rng=_rng()) for _ in range(2)
    )
    assert (first == second).all()


def test_resamples_of_a_constant_are_the_constant() -> None:
    """Nothing varies where nothing varies."""
    resampled = resample_statistics(np.full((1, 30), 2.5), statistics=tuple(Statistic), rng=_rng())
    assert resampled == pytest.approx(2.5)


def test_series_resampled_together_keep_their_pairing() -> None:
    """A series and its double differ by exactly two in every resample."""
    series = _rng(1).lognormal(size=40)
    both = resample_statistics(
        np.stack([series, 2 * series]), statistics=tuple(Statistic), rng=_rng()
    )
    assert both[:, 1] == pytest.approx(2 * both[:, 0])


def test_statistics_of_one_resample_equal_numpys() -> None:
    """Quantiles by ranks are quantiles by values."""
    series = _rng(1).lognormal(size=33)
    length = block_length(33)
    starts = _rng().integers(0, 33, size=(2000, 33 // length + 1))
    index = (starts[0][:, None] + np.arange(length)) % 33
    drawn = series[index.ravel()[:33]]
    resampled = resample_statistics(series[None], statistics=tuple(Statistic), rng=_rng())[0, 0]
    expected = [drawn.mean(), *(np.quantile(drawn, q) for q in (0.5, 0.9, 0.95))]
    assert resampled == pytest.approx(expected)


def test_chunks_do_not_change_how_many_resamples_there_are() -> None:
    """A long series is drawn in several chunks."""
    series = _rng(1).random((1, 9000))
    resampled = resample_statistics(series, statistics=(Statistic.P50,), rng=_rng())
    assert resampled.shape == (resample_count(9000), 1, 1)


def test_means_by_block_sums_equal_means_of_drawn_values() -> None:
    """Summing blocks first changes nothing but the time it takes."""
    rows = _rng(1).random((27, 2))
    starts = _rng().integers(0, 27, size=(2000, 9))
    index = (starts[:, :, None] + np.arange(3)) % 27
    expected = rows[index.reshape(2000, 27)].mean(axis=1)
    assert resample_means(rows, rng=_rng()) == pytest.approx(expected)


def test_standard_error_of_independent_values_is_the_textbooks() -> None:
    """Of independent values, resampled means vary by s / sqrt(n)."""
    values = _rng(1).normal(size=(4096, 1))
    resampled = resample_means(values, rng=_rng())
    assert resampled.std() == pytest.approx(values.std() / 64, rel=0.12)


def test_interval_of_independent_values_agrees_with_scipys_bootstrap() -> None:
    """With independent values, blocks of neighbours are as good as single draws."""
    values = _rng(1).lognormal(size=400)
    ours = estimate_interval(values, Statistic.MEAN, rng=_rng())
    theirs = scipy.stats.bootstrap(
        (values,), np.mean, n_resamples=4000, method="percentile", rng=_rng()
    ).confidence_interval
    assert ours is not None
    assert ours.low == pytest.approx(theirs.low, rel=0.03)
    assert ours.high == pytest.approx(theirs.high, rel=0.03)


def test_interval_covers_the_truth_though_neighbours_are_alike() -> None:
    """Of an autocorrelated series, nine in ten intervals hold the mean; single draws hold far less.

    AR(1) with coefficient 0.5: the mean varies sqrt(3) times as much as independent values would.
    """
    hits = narrow_hits = 0
    for run in range(120):
        rng = _rng(run)
        noise = rng.normal(size=600)
        series = np.empty(600)
        value = 0.0
        for i, shock in enumerate(noise):
            value = 0.5 * value + shock
            series[i] = value
        found = estimate_interval(series, Statistic.MEAN, rng=rng)
        assert found is not None
        hits += found.low <= 0.0 <= found.high
        half = 1.96 * series.std() / np.sqrt(600)
        narrow_hits += abs(series.mean()) <= half
    assert hits >= 0.85 * 120
    assert hits > narrow_hits


def test_few_payments_have_no_interval() -> None:
    """Below `MIN_N` there are too few different resamples."""
    assert estimate_interval(np.arange(MIN_N - 1.0), Statistic.P50, rng=_rng()) is None
    assert estimate_interval(np.arange(float(MIN_N)), Statistic.P50, rng=_rng()) is not None


def test_percentile_interval_cuts_equal_tails() -> None:
    """95 % of 0..1000 lie between 25 and 975."""
    found = percentile_interval(np.arange(1001.0))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((25.0, 975.0))
    assert found.confidence == 0.95


@pytest.mark.parametrize("values", [[], [1.0, float("nan")], [1.0, float("inf")]])
def test_percentile_interval_needs_finite_values(values: list[float]) -> None:
    """An interval of what does not exist does not exist."""
    assert percentile_interval(np.array(values)) is None
