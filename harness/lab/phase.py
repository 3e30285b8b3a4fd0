"""What the lab is doing, and how long it may still take: for somebody who watches."""

from enum import StrEnum

from harness.clock import NS_PER_S, now_ns
from harness.progress import Step

__all__ = ["Itinerary", "Phase"]


class Phase(StrEnum):
    """Name what the lab does, in order, in words for a person."""

    SEEDING = "seeding the database"
    STARTING = "starting processes"
    WARMING_UP = "warming up"
    MEASURING = "measuring"
    SIMULATING = "simulating"
    DRAINING = "last shoppers finish"
    AUDITING = "auditing the ledger"
    REPORTING = "writing the report"


class Itinerary:
    """Estimate the time left from how long each phase is expected to take.

    Args:
        expected_s: wall seconds per phase; arrivals are known exactly, the rest by experience.
    """

    def __init__(self, expected_s: dict[Phase, float]) -> None:
        self._expected_s = expected_s
        self._phase = next(iter(expected_s))
        self._entered_ns = now_ns()

    def enter(self, phase: Phase) -> None:
        """Begin a phase."""
        self._phase = phase
        self._entered_ns = now_ns()

    @property
    def phase(self) -> Phase:
        """The phase entered last."""
        return self._phase

    def step(self) -> Step:
        """Return where the run stands now."""
        order = list(self._expected_s)
        later = order[order.index(self._phase) + 1 :]
        in_phase_s = (now_ns() - self._entered_ns) / NS_PER_S
        # A phase that takes longer than expected stands still rather than run backwards.
        rest_s = max(self._expected_s[self._phase] - in_phase_s, 0.0)
        left_s = rest_s + sum(self._expected_s[phase] for phase in later)
        total_s = sum(self._expected_s.values())
        return Step(self._phase, done=1 - left_s / total_s, left_s=left_s)
