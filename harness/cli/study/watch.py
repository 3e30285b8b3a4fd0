"""How far a study of many simulations is, for whoever watches."""

from harness.clock import NS_PER_S, monotonic_ns
from harness.lab import Observer, Phase, Step

__all__ = ["StudyWatch"]

_SIMULATING_SHARE = 0.97
"""Share of the bar that simulating takes; the rest is the report's."""


class StudyWatch:
    """Show the share done, and how long the rest will take at the same pace."""

    def __init__(self, observer: Observer) -> None:
        """Begin to count now."""
        self._observer = observer
        self._began_ns = monotonic_ns()

    def see(self, share: float) -> None:
        """Take in the share done, in [0, 1]."""
        if share <= 0:
            return
        passed_s = (monotonic_ns() - self._began_ns) / NS_PER_S
        left_s = passed_s / share * (1 - share)
        self._observer.step(Step(Phase.SIMULATING, done=share * _SIMULATING_SHARE, left_s=left_s))

    def write(self) -> None:
        """Say that simulating is over and the report is being written."""
        self._observer.step(Step(Phase.REPORTING, done=_SIMULATING_SHARE, left_s=0.0))
