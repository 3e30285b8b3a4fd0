"""Slack: how much longer a stage could take before anybody waited longer for it.

A stage on the critical path has none. For the others it is the total float of the critical path
method: a stage has to be over when the first of those begins that come after it, later by as much
as that one has slack itself, and at the latest when the path ends. Source: J. E. Kelley, M. R.
Walker, "Critical-path planning and scheduling", Proceedings of the Eastern Joint Computer
Conference (1959), 160-173.

Spans do not say who waited for whom. Assumed is that whatever begins after a stage's end waits for
it, so a slack is never too large; what only happened to begin later can make it too small.
"""

import numpy as np
from numpy.typing import NDArray

from harness.stats.critical_path import TOUCH_NS

__all__ = ["slack_of"]


def slack_of(
    request: NDArray[np.int64],
    start_ns: NDArray[np.int64],
    end_ns: NDArray[np.int64],
    *,
    on_path: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Return the slack of each stage, ns; all arrays are (n,), a row per stage, in any order.

    Args:
        request: number of the request that the stage belongs to.
        start_ns: offset from the request's arrival.
        end_ns: offset likewise, ≥ start_ns.
        on_path: whether the stage is on its request's critical path (`critical_parts`).
    """
    # One request: its rows together, the last to begin first, so that whoever comes after a stage
    # has its slack already.
    order = np.lexsort((-start_ns, request))
    start, end, path = start_ns[order], end_ns[order], on_path[order]
    first = np.flatnonzero(np.diff(request[order], prepend=request[order][:1] - 1))
    size = np.diff(np.append(first, request.size))
    latest_ns = np.repeat(_path_ends(end, path, first), size)
    slack_ns = np.zeros(request.size, dtype=np.int64)
    for rank in range(int(size.max(initial=0))):
        row = first[size > rank] + rank
        for before in range(rank):
            later = row - rank + before
            follows = start[later] >= end[row] - TOUCH_NS
            due_ns = start[later] + slack_ns[later]
            latest_ns[row] = np.where(follows, np.minimum(latest_ns[row], due_ns), latest_ns[row])
        slack_ns[row] = np.where(path[row], 0, np.maximum(latest_ns[row] - end[row], 0))
    back = np.empty_like(order)
    back[order] = np.arange(order.size)
    return slack_ns[back]


def _path_ends(
    end: NDArray[np.int64], path: NDArray[np.bool_], first: NDArray[np.intp]
) -> NDArray[np.int64]:
    if first.size == 0:
        return np.zeros(0, dtype=np.int64)
    return np.asarray(np.maximum.reduceat(np.where(path, end, 0), first))
