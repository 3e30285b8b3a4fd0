"""Laws of how sure a share is."""

import numpy as np
import pytest

from harness.stats import (
    MIN_N,
    TIME_STATISTICS,
    random_generator,
    share_interval,
    share_intervals,
)
from harness.stats.share_interval import RESAMPLES


def _rng() -> np.random.Generator:
    return random_generator(1, "test")


def _two_players(n: int) -> np.ndarray:
    """Return 2^2 coalitions: the first saves about a second, the second nothing at all."""
    rng = np.random.default_rng(3)
    base = rng.lognormal(1.0, 0.4, size=n)
    saved = rng.normal(1.0, 0.2, size=n)
    return np.stack([base, base - saved, base, base - saved])


def test_who_changes_nothing_is_certain_to_change_nothing():
    """The same times in every coalition: an interval of no width at 0."""
    intervals = share_intervals(_two_players(300), rng=_rng())
    for name in TIME_STATISTICS:
        assert intervals[name][1].low == pytest.approx(0, abs=1e-12)
        assert intervals[name][1].high == pytest.approx(0, abs=1e-12)


def test_interval_of_a_mean_is_near_the_textbooks():
    """Of independent savings: ± 1.96 s / sqrt(n); what both coalitions share cancels."""
    n = 900
    interval = share_intervals(_two_players(n), rng=_rng())["mean"][0]
    half = (interval.high - interval.low) / 2
    assert half == pytest.approx(1.96 * 0.2 / n**0.5, rel=0.15)
    assert interval.low < 1.0 < interval.high


@pytest.mark.parametrize("n", [MIN_N, 137, 1000])
def test_quantiles_by_counting_are_quantiles_by_sorting(n: int):
    """Resamples held as counts have numpy's quantiles, ties included."""
    rng = np.random.default_rng(n)
    values = np.sort(rng.integers(0, 40, size=n) / 4.0)
    drawn = share_interval._draw(n, resamples=7, rng=rng)
    assert drawn.sum(axis=1).tolist() == [n] * 7
    found = share_interval._quantiles(drawn.cumsum(axis=1, dtype=np.int32), values)
    for row, counts in enumerate(drawn):
        expected = np.quantile(np.repeat(values, counts), [0.5, 0.95, 0.99])
        assert found[row] == pytest.approx(expected)


def test_few_shoppers_have_no_interval():
    """Below `MIN_N` there are too few different resamples."""
    intervals = share_intervals(_two_players(MIN_N - 1), rng=_rng())
    assert set(intervals.values()) == {(None, None)}


def test_nobody_has_no_interval():
    """No shoppers are no reason to fail."""
    assert share_intervals(np.zeros((4, 0)), rng=_rng())["p99"] == (None, None)


def test_chunks_do_not_change_what_is_drawn(monkeypatch: pytest.MonkeyPatch):
    """How many resamples are held at once is nobody's business but memory's."""
    times = _two_players(50)
    whole = share_intervals(times, rng=_rng())
    monkeypatch.setattr(share_interval, "_CHUNK_VALUES", 50 * (RESAMPLES // 3))
    assert share_intervals(times, rng=_rng()) == whole


def test_the_same_seed_gives_the_same_interval():
    """Nothing but the generator is random."""
    times = _two_players(120)
    assert share_intervals(times, rng=_rng()) == share_intervals(times, rng=_rng())
