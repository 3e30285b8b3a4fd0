"""Python's garbage collector, kept quiet while payments are simulated.

It would take a fifth of the time: everything that a process has imported is walked through again
and again, and nothing of it ever dies.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

__all__ = ["quiet_collector", "settle_collector"]

_THRESHOLDS: Final = (20_000, 20, 100)
"""A payment leaves few cycles behind: tens of thousands of new objects may wait for a look."""


def settle_collector() -> None:
    """Keep the collector quiet for the rest of the process: for one that simulates often.

    What exists now is never looked at again. A look at all of it costs more than twenty payments,
    so `quiet_collector` takes none where this was done.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def quiet_collector() -> Iterator[None]:
    """Keep the collector quiet for a while, and leave it as it was."""
    before = gc.get_threshold()
    if before[0] == _THRESHOLDS[0]:
        yield
        return
    settle_collector()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
