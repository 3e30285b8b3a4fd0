"""How far a long piece of work is: what those who work tell, and those who watch take in.

It refuses to know what the work is and how it is shown.
"""

from dataclasses import dataclass
from typing import Final, Protocol

from harness.clock import NS_PER_S, monotonic_ns

__all__ = ["Observer", "Pace", "Step"]

_FIRST_WORD: Final = 0.04
"""Share of the work from which its pace is known well enough to say how long the rest takes."""


@dataclass(frozen=True, slots=True)
class Step:
    """Tell where the work stands.

    Attributes:
        doing: what is being done, in words for a person.
        done: share of the whole time that has passed, in [0, 1].
        left_s: wall seconds left, an estimate; None: not known yet.
    """

    doing: str
    done: float
    left_s: float | None


class Observer(Protocol):
    """Somebody who watches."""

    def step(self, step: Step) -> None:
        """Take notice; called at each change and about twice a second between."""


class Pace:
    """Tell an observer the share done of one kind of work, and the time left at the same pace.

    The pace is that since the first share was done: what comes before is the start of processes,
    which happens once and says nothing of the rest.

    Args:
        observer: whom to tell.
        doing: what is being done, in words.
        share: of the observer's whole that this work takes, in (0, 1]; it comes first.
    """

    def __init__(self, observer: Observer, doing: str, *, share: float = 1.0) -> None:
        """Begin to count now."""
        self._observer = observer
        self._doing = doing
        self._share = share
        self._shown = 0.0
        self._began_ns = monotonic_ns()
        self._start: tuple[int, float] | None = None

    @property
    def passed_s(self) -> float:
        """Return how long it has been, wall seconds."""
        return (monotonic_ns() - self._began_ns) / NS_PER_S

    def see(self, done: float) -> None:
        """Take in the share done, in [0, 1]."""
        # Work that turns out to be more than expected must not drive a bar backwards.
        self._shown = max(self._shown, done)
        if self._start is None and self._shown > 0:
            self._start = monotonic_ns(), self._shown
        self._observer.step(Step(self._doing, self._shown * self._share, self._left_s()))

    def _left_s(self) -> float | None:
        if self._shown >= 1:
            return 0.0
        if self._start is None:
            return None
        start_ns, start = self._start
        if self._shown - start < _FIRST_WORD:
            return None
        passed_s = (monotonic_ns() - start_ns) / NS_PER_S
        return passed_s * (1 - self._shown) / (self._shown - start)
