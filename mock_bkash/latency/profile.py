"""A latency profile: an assumption about how slow bKash and the merchant's database are.

No trustworthy latency of bKash was ever published, so every number here is an assumption, and
whatever is measured against it has to say so.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from mock_bkash.fault.rule import Rule
from mock_bkash.latency.distribution import Distribution

__all__ = ["Network", "Profile", "ProfileError"]


class ProfileError(ValueError):
    """A profile that cannot be used; the message names the file, the place in it, and the mend."""


@dataclass(frozen=True, slots=True)
class Network:
    """Say how far away the others are.

    Attributes:
        gateway_round_trip_s: between merchant and bKash, seconds; a call costs one, a new
            connection two more (TCP and TLS 1.3).
        shopper_round_trip_s: between shopper and merchant, seconds.
    """

    gateway_round_trip_s: float = 0.0
    shopper_round_trip_s: float = 0.0

    def __post_init__(self) -> None:
        for field in ("gateway_round_trip_s", "shopper_round_trip_s"):
            value_s: float = getattr(self, field)
            if not 0 <= value_s < math.inf:
                raise ValueError(f"{field}: must be a finite number, 0 or more, got {value_s:g}")

    def to_dict(self) -> dict[str, object]:
        """Return the network as a profile file writes it."""
        return {
            "gateway_round_trip_s": self.gateway_round_trip_s,
            "shopper_round_trip_s": self.shopper_round_trip_s,
        }


@dataclass(frozen=True, slots=True)
class Profile:
    """Hold the latency of each operation.

    Attributes:
        name: what reports call it.
        operations: by the names in `mock_bkash.latency.OPERATIONS`; an absent one takes no time.
        network: distances.
        faults: what goes wrong besides.
    """

    name: str
    operations: Mapping[str, Distribution]
    network: Network = Network()
    faults: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "operations", MappingProxyType(dict(self.operations)))

    def __reduce__(self) -> tuple[type["Profile"], tuple[object, ...]]:
        """Travel to another process as arguments: a read-only mapping cannot be pickled."""
        return type(self), (self.name, dict(self.operations), self.network, self.faults)

    def median_s(self, operation: str) -> float:
        """Return an operation's median in seconds, tails left out; 0.0 where it is not named."""
        distribution = self.operations.get(operation)
        return 0.0 if distribution is None else distribution.median_s()

    def to_dict(self) -> dict[str, object]:
        """Return the profile as a profile file writes it, for manifests and reports."""
        written: dict[str, object] = {
            "name": self.name,
            "operations": {name: d.to_dict() for name, d in self.operations.items()},
            "network": self.network.to_dict(),
        }
        if self.faults:
            written["faults"] = [rule.to_dict() for rule in self.faults]
        return written
