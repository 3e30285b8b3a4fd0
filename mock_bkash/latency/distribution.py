"""How long one operation takes: a shape, and now and then a multiple of it.

Real gateways have a tail that no smooth shape shows: one call in a hundred that is several times
slower. The tail is a second, independent draw, so that the body stays what the profile says.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from mock_bkash.latency.shape import Shape

__all__ = ["Distribution", "Tail"]


@dataclass(frozen=True, slots=True)
class Tail:
    """Make some calls slower by a factor.

    Attributes:
        probability: share of calls, in [0, 1].
        factor: how many times slower, 1 or more.
    """

    probability: float
    factor: float

    def __post_init__(self) -> None:
        if not 0 <= self.probability <= 1:
            raise ValueError(f"tail.probability: must be in [0, 1], got {self.probability:g}")
        if not 1 <= self.factor < math.inf:
            raise ValueError(
                f"tail.factor: must be a finite number, 1 or more, got {self.factor:g}"
            )

    def to_dict(self) -> Mapping[str, object]:
        """Return the tail as a profile file writes it."""
        return {"probability": self.probability, "factor": self.factor}


@dataclass(frozen=True, slots=True)
class Distribution:
    """Turn two draws into the latency of one call.

    Attributes:
        shape: the body of the distribution.
        tail: what makes some calls slower still, or None.
    """

    shape: Shape
    tail: Tail | None = None

    def sample_s(self, *, body: float, tail: float) -> float:
        """Return the latency in seconds for two independent draws, each in (0, 1)."""
        latency_s = self.shape.quantile_s(body)
        if self.tail is not None and tail < self.tail.probability:
            latency_s *= self.tail.factor
        return latency_s

    def median_s(self) -> float:
        """Return the median of the body in seconds; the tail is left out, as in a profile file."""
        return self.shape.quantile_s(0.5)

    def to_dict(self) -> dict[str, object]:
        """Return the distribution as a profile file writes it."""
        written = dict(self.shape.to_dict())
        if self.tail is not None:
            written["tail"] = self.tail.to_dict()
        return written
