"""The payment to show when one must stand for all: close to the median in every variant at once.

Arrival i had the same draws in every variant, so showing the same arrival everywhere shows what the
variants change and nothing else. It must not be a lucky one for any of them.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["typical_column"]


def typical_column(times: NDArray[np.float64]) -> int | None:
    """Return the column whose worst distance from its row's median is smallest.

    Distances are shares of the row's payments that lie between the payment and the row's median, so
    that variants of different spread count alike. Of equals the first wins; None without columns.

    Args:
        times: (variants, arrivals), without gaps.
    """
    rows, columns = times.shape
    if rows == 0 or columns == 0:
        return None
    order = np.argsort(times, axis=1, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(columns)[None], axis=1)
    distance = np.abs(rank - (columns - 1) / 2)
    return int(distance.max(axis=0).argmin())
