"""Everything that one run found."""

from dataclasses import dataclass, field

from delay import Waits
from race import RaceFigure
from rate import Rates
from server import Kind
from weight import Weights

__all__ = ["Findings"]


@dataclass
class Findings:
    """Hold what was measured; names are those of the contenders.

    Attributes:
        versions: of the peers.
        missing: peers that could not be had, parts that broke off, and why.
        waits: by name, kind and requests in flight.
        rates: by name.
        state_rates: by "create" or "execute" and "memory" or "file".
        starts_s: by name, from starting the process to the first right answer.
        idle_bytes: by name, memory of an idle connection.
        memory_mb: by name, after `answered` requests.
        races: by name.
        weights: of the mock.
    """

    versions: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    waits: dict[tuple[str, Kind, int], Waits] = field(default_factory=dict)
    rates: dict[str, Rates] = field(default_factory=dict)
    state_rates: dict[tuple[str, str], Rates] = field(default_factory=dict)
    starts_s: dict[str, list[float]] = field(default_factory=dict)
    idle_bytes: dict[str, float] = field(default_factory=dict)
    memory_mb: dict[str, float] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)
    races: dict[str, RaceFigure] = field(default_factory=dict)
    weights: Weights | None = None
