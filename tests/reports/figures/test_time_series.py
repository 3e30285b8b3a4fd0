"""The time series."""

from collections.abc import Callable

from reports import Analysis
from reports.figures import time_series_figure

Make = Callable[..., Analysis]


def test_stale_payments_are_marked_and_counted(seven: Analysis) -> None:
    """In the token's colour, and in words for who does not see it."""
    figure = time_series_figure(seven)
    assert figure is not None
    assert "var(--token)" in figure.wide
    assert "stored: 30 of 280 waited for a token" in figure.alt
    assert "<image" not in figure.wide


def test_failures_are_crosses(make_run: Make) -> None:
    """They have no payment time, and are shown all the same."""
    clean = time_series_figure(make_run(variants=("stored",)))
    failing = time_series_figure(
        make_run(variants=("stored",), failures={"stored": {"timeout": 9}})
    )
    assert clean is not None
    assert failing is not None
    marks = [figure.wide.count('style="stroke: currentColor') for figure in (clean, failing)]
    assert marks == [0, 1]
    assert failing.alt.endswith("9 failed.")


def test_dense_runs_are_rasterised(make_run: Make) -> None:
    """Thousands of dots as an image, the words as words."""
    figure = time_series_figure(make_run(variants=("sequential", "stored"), arrivals=1600))
    assert figure is not None
    assert 'href="data:image/png;base64,' in figure.wide
    assert ">sequential</text>" in figure.wide


def test_a_run_of_failures_still_has_its_strip(make_run: Make) -> None:
    """Without a single time there is a scale nevertheless."""
    analysis = make_run(
        variants=("stored",), arrivals=5, warmup_arrivals=0, failures={"stored": {"timeout": 5}}
    )
    assert time_series_figure(analysis) is not None


def test_no_payments_are_no_figure(make_run: Make) -> None:
    """Nothing came."""
    assert time_series_figure(make_run(empty=frozenset({"stored"}), variants=("stored",))) is None
