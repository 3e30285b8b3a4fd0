"""Quantiles as Hyndman & Fan's type 7, and None where one does not exist.

Source: R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician
50 (1996), 361-365, definition 7: with the values in ascending order x[0] … x[n-1] and
h = (n - 1) q, the quantile is x[⌊h⌋] + (h - ⌊h⌋) (x[⌊h⌋ + 1] - x[⌊h⌋]). It is what numpy, R, pandas
and spreadsheets compute by default, so that a reader can check our figures.
"""

from typing import TYPE_CHECKING

import numpy as np

from harness.rundata import Quantiles

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["BEYOND_QUANTILE", "P99_MIN_N", "describe", "quantile", "quantile_of_sorted"]

BEYOND_QUANTILE = 10
"""Durations that should lie beyond a quantile before it is trusted: fewer, and one shopper's bad
luck moves it."""

P99_MIN_N = 1000
"""p99 exists from so many durations on: `BEYOND_QUANTILE` of them lie beyond it."""


def quantile(values: "ArrayLike", q: float) -> float | None:
    """Return the quantile of level `q` in [0, 1], type 7; None of no values.

    Raises:
        ValueError: `q` is outside [0, 1].
    """
    array = np.sort(np.asarray(values, dtype=np.float64), axis=None)
    if not 0.0 <= q <= 1.0:
        raise ValueError(f"a quantile's level lies in [0, 1], not at {q}")
    return float(quantile_of_sorted(array, q)) if array.size else None


def quantile_of_sorted(ascending: "NDArray[np.float64]", q: float) -> "NDArray[np.float64]":
    """Return the quantile of level `q` along the last axis.

    Args:
        ascending: (…, n) values, ascending along the last axis, n ≥ 1.
        q: level in [0, 1].
    """
    last = ascending.shape[-1] - 1
    h = last * q
    below = int(h)
    low = ascending[..., below]
    high = ascending[..., min(below + 1, last)]
    return np.asarray(low + (h - below) * (high - low))


def describe(durations_s: "ArrayLike") -> Quantiles:
    """Describe durations (seconds) by n, mean, p50, p90, p95, p99 and max.

    Every figure of no durations is None, and p99 of fewer than `P99_MIN_N`.
    """
    ascending = np.sort(np.asarray(durations_s, dtype=np.float64), axis=None)
    n = int(ascending.size)
    if n == 0:
        return Quantiles(n=0, mean=None, p50=None, p90=None, p95=None, p99=None, max=None)
    return Quantiles(
        n=n,
        mean=float(ascending.mean()),
        p50=float(quantile_of_sorted(ascending, 0.5)),
        p90=float(quantile_of_sorted(ascending, 0.9)),
        p95=float(quantile_of_sorted(ascending, 0.95)),
        p99=float(quantile_of_sorted(ascending, 0.99)) if n >= P99_MIN_N else None,
        max=float(ascending[-1]),
    )
