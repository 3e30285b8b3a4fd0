"""What happened so far, in numbers small enough to print every second."""

from dataclasses import dataclass

from harness.clock import NS_PER_MS
from harness.load import Exchange
from harness.rundata import RequestName

__all__ = ["Tally"]


@dataclass(slots=True)
class Tally:
    """Count journeys and keep the worst lag.

    Attributes:
        started: journeys that have set out.
        finished: journeys that are over, well or not.
        failed: journeys that a failed request ended; a failed prefetch ends none.
        lag_ns_max: largest difference of actual and intended start of a request, ns.
    """

    started: int = 0
    finished: int = 0
    failed: int = 0
    lag_ns_max: int = 0

    def count(self, exchange: Exchange) -> None:
        """Take in one exchange."""
        self.lag_ns_max = max(self.lag_ns_max, exchange.start_ns - exchange.intended_ns)
        if not exchange.reading.ok and exchange.request.name != RequestName.PREFETCH:
            self.failed += 1

    @property
    def lag_ms_max(self) -> float:
        """The worst lag in milliseconds, for people."""
        return self.lag_ns_max / NS_PER_MS
