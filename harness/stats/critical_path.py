"""Which stages a payment waited for, and for how long each.

The path is walked back from the end of a request: the last stage on it is the one that ended last;
before it comes the one that ended last before that one began, and so on. A stage that was still
running when its successor began cannot be what the successor waited for, so it is off the path.
What the path does not cover (network, scheduling, our own code, gaps) is *unaccounted*, so that

    Σ critical stages + unaccounted = response time, exactly.

Source: C. Yang, B. Miller, "Critical path analysis for the execution of parallel and distributed
programs" (1988), walked backwards as Uber's CRISP does over traces (Z. Zhang et al., USENIX ATC
2022, section 3); a request's own stages take the place of child spans, and truncation at the
parent's end is CRISP's too.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["TOUCH_NS", "critical_parts"]

TOUCH_NS = 100_000
"""A stage may seem to end so much after its successor began and still come before it: backends that
send `Server-Timing` with one decimal of a millisecond round start and duration apart."""


def critical_parts(
    request: NDArray[np.int64],
    start_ns: NDArray[np.int64],
    end_ns: NDArray[np.int64],
    *,
    request_end_ns: NDArray[np.int64],
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return per stage whether it is on its request's critical path, and how much of it counts.

    All arrays are (n,), a row per stage, in any order.

    Args:
        request: number of the request that the stage belongs to.
        start_ns: offset from the request's arrival.
        end_ns: offset likewise, ≥ start_ns.
        request_end_ns: when the whole request was over, the same for all rows of one request;
            later parts of a stage do not count.

    Returns:
        (on_path, critical_ns). Parts of one request never overlap and never exceed
        `request_end_ns`.
    """
    # One request: its rows together, the last to end first; of equals the longer one explains more.
    order = np.lexsort((start_ns, -end_ns, request))
    group_start = _group_starts(request[order])
    group_size = np.diff(np.append(group_start, request.size))
    start = np.maximum(start_ns[order], 0)
    end = np.minimum(end_ns[order], request_end_ns[order])
    on_path = np.zeros(request.size, dtype=np.bool_)
    critical_ns = np.zeros(request.size, dtype=np.int64)
    cursor_ns = request_end_ns[order][group_start]
    for rank in range(int(group_size.max(initial=0))):
        groups = np.flatnonzero(group_size > rank)
        row = group_start[groups] + rank
        fits = (end[row] <= cursor_ns[groups] + TOUCH_NS) & (start[row] <= cursor_ns[groups])
        row, groups = row[fits], groups[fits]
        on_path[row] = True
        critical_ns[row] = np.maximum(np.minimum(end[row], cursor_ns[groups]) - start[row], 0)
        cursor_ns[groups] = start[row]
    back = np.empty_like(order)
    back[order] = np.arange(order.size)
    return on_path[back], critical_ns[back]


def _group_starts(ascending: NDArray[np.int64]) -> NDArray[np.int64]:
    if ascending.size == 0:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.concatenate([[True], ascending[1:] != ascending[:-1]]))
