"""The shapes a latency can have, each a quantile function: probability in, seconds out.

A shape knows nothing of chance. Whoever draws brings a number in (0, 1) and gets the latency at
that quantile, so that one draw means "as slow as the slowest 3 %" whatever the shape.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Protocol

__all__ = ["MAX_LATENCY_S", "Constant", "Empirical", "Lognormal", "Shape", "Uniform"]

MAX_LATENCY_S = 86_400
"""Longest that a profile may say of one operation, seconds: a day. More is a slip of the unit."""

_NORMAL = NormalDist()
_Z95 = _NORMAL.inv_cdf(0.95)
_Z99 = _NORMAL.inv_cdf(0.99)


class Shape(Protocol):
    """Tell the latency at a quantile."""

    def quantile_s(self, q: float) -> float:
        """Return the latency in seconds below which the share `q`, in (0, 1), of calls lies."""
        ...

    def to_dict(self) -> Mapping[str, object]:
        """Return the shape as a profile file writes it."""
        ...


@dataclass(frozen=True, slots=True)
class Constant:
    """Take the same time always.

    Attributes:
        value_s: seconds, 0 or more.
    """

    value_s: float

    def __post_init__(self) -> None:
        _require("value_s", self.value_s, self.value_s >= 0, "0 or more")

    def quantile_s(self, q: float) -> float:
        """Return the one value, whatever `q`."""
        return self.value_s

    def to_dict(self) -> Mapping[str, object]:
        """Return the shape as a profile file writes it."""
        return {"kind": "constant", "value_s": self.value_s}


@dataclass(frozen=True, slots=True)
class Lognormal:
    """Vary by factors around a median, as the latency of network services does.

    The logarithm is normal with mean ln(median) and standard deviation ln(p95/median)/1.6449, where
    1.6449 is the standard normal's quantile at 0.95.
    Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.6.9.

    Attributes:
        median_s: seconds, above 0.
        p95_s: seconds below which 95 of 100 lie, not below the median.
    """

    median_s: float
    p95_s: float

    def __post_init__(self) -> None:
        _require("median_s", self.median_s, self.median_s > 0, "above 0")
        enough = self.p95_s >= self.median_s
        _require("p95_s", self.p95_s, enough, f"at least median_s ({self.median_s:g})")

    @classmethod
    def through_p99(cls, *, median_s: float, p99_s: float) -> "Lognormal":
        """Return the one with that median below whose `p99_s` lie 99 of 100, seconds.

        Raises:
            ValueError: the median is not above 0, or above the p99.
        """
        _require("median_s", median_s, median_s > 0, "above 0")
        _require("p99_s", p99_s, p99_s >= median_s, f"at least median_s ({median_s:g})")
        return cls(median_s, median_s * (p99_s / median_s) ** (_Z95 / _Z99))

    def quantile_s(self, q: float) -> float:
        """Return median * (p95/median) ** (z(q)/z(0.95))."""
        return self.median_s * math.exp(
            _log_ratio(self.p95_s, self.median_s) * (_NORMAL.inv_cdf(q) / _Z95)
        )

    def to_dict(self) -> Mapping[str, object]:
        """Return the shape as a profile file writes it."""
        return {"kind": "lognormal", "median_s": self.median_s, "p95_s": self.p95_s}


@dataclass(frozen=True, slots=True)
class Uniform:
    """Lie anywhere between two bounds with equal chance.

    Attributes:
        low_s: seconds, 0 or more.
        high_s: seconds, not below `low_s`.
    """

    low_s: float
    high_s: float

    def __post_init__(self) -> None:
        _require("low_s", self.low_s, self.low_s >= 0, "0 or more")
        _require("high_s", self.high_s, self.high_s >= self.low_s, f"at least {self.low_s:g}")

    def quantile_s(self, q: float) -> float:
        """Return the point at the share `q` of the way from low to high."""
        return self.low_s + (self.high_s - self.low_s) * q

    def to_dict(self) -> Mapping[str, object]:
        """Return the shape as a profile file writes it."""
        return {"kind": "uniform", "low_s": self.low_s, "high_s": self.high_s}


@dataclass(frozen=True, slots=True)
class Empirical:
    """Repeat what was measured: interpolate between sorted samples.

    Source: Hyndman & Fan (1996), type 7.

    Attributes:
        samples_s: seconds, 0 or more each, at least one; ascending after construction.
        file: where they were read, as the profile file names it.
    """

    samples_s: tuple[float, ...]
    file: str

    def __post_init__(self) -> None:
        if not self.samples_s:
            raise ValueError("file: must hold at least one value, got none")
        for value_s in self.samples_s:
            _require("file", value_s, value_s >= 0, "values of 0 or more")
        object.__setattr__(self, "samples_s", tuple(sorted(self.samples_s)))

    def quantile_s(self, q: float) -> float:
        """Return the interpolated sample at the share `q` of the way through them."""
        position = q * (len(self.samples_s) - 1)
        below = int(position)
        above = min(below + 1, len(self.samples_s) - 1)
        low_s = self.samples_s[below]
        return low_s + (self.samples_s[above] - low_s) * (position - below)

    def to_dict(self) -> Mapping[str, object]:
        """Return the shape as a profile file writes it, with number and digest of the samples.

        The digest tells two profiles apart whose files differ in nothing but their content.
        """
        digest = hashlib.sha256("\n".join(repr(float(s)) for s in self.samples_s).encode())
        return {
            "kind": "empirical",
            "file": self.file,
            "samples": len(self.samples_s),
            "sha256": digest.hexdigest(),
        }


@lru_cache(maxsize=256)
def _log_ratio(above: float, below: float) -> float:
    # A profile has two dozen shapes, each asked thousands of times.
    return math.log(above / below)


def _require(field: str, value: float, ok: bool, expected: str) -> None:
    # NaN fails every comparison, so `ok` is already false for it; infinity has to be asked for.
    if not ok or math.isinf(value):
        raise ValueError(f"{field}: must be a finite number, {expected}, got {value:g}")
    if value > MAX_LATENCY_S:
        raise ValueError(f"{field}: must be at most {MAX_LATENCY_S:,} s (a day), got {value:g}")
