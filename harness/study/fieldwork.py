"""The work of a study: a crew simulates cells, an observer is told, a record says what made it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from harness.progress import Observer, Pace
from harness.simulation import Crew, Task, available_cores

__all__ = ["SIMULATING", "SIMULATING_SHARE", "Circumstances", "Fieldwork"]

SIMULATING: Final = "simulating"

SIMULATING_SHARE: Final = 0.97
"""Share of the bar that simulating takes; the rest is the report's."""

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Hold what a record says of who made it, when and on what; see `StudyRecord`."""

    name: str
    created_utc: str
    command: tuple[str, ...]
    versions: dict[str, str]
    git_commit: str | None
    machine: dict[str, Any]


class Fieldwork:
    """Simulate cells, round after round; the clock runs from its making.

    Attributes:
        simulations: how many cells were simulated.
    """

    def __init__(
        self,
        circumstances: Circumstances,
        *,
        observer: Observer,
        jobs: int | None = None,
    ) -> None:
        """Begin.

        Args:
            circumstances: for the record.
            observer: told how far it is.
            jobs: processes; None: one per core.
        """
        self.simulations = 0
        self._circumstances = circumstances
        self._jobs = jobs
        self._pace = Pace(observer, SIMULATING, share=SIMULATING_SHARE)
        self._done = 0.0

    def simulate(self, cells: Sequence[Task[R]], *, ahead: float = 0.0) -> list[R]:
        """Simulate a round of cells and return their results in order.

        Args:
            cells: each weighs the seconds that it takes.
            ahead: what later rounds will weigh, as far as it is known.

        Raises:
            HarnessError: a cell cannot be simulated, or its process died.
        """
        weight = sum(cell.weight for cell in cells)
        before, total = self._done, self._done + weight + ahead

        def show(share: float) -> None:
            self._pace.see((before + share * weight) / total)

        self._pace.see(before / total if total else 1.0)
        results = Crew[R](self._jobs).run(cells, on_progress=show)
        self._done += weight
        self.simulations += len(cells)
        return results

    def stamp(self, schema_version: int) -> dict[str, Any]:
        """Return the fields of `StudyRecord`, but for the seed; the work ends with that."""
        known = self._circumstances
        return {
            "schema_version": schema_version,
            "name": known.name,
            "created_utc": known.created_utc,
            "command": known.command,
            "versions": known.versions,
            "git_commit": known.git_commit,
            "machine": known.machine,
            "wall_s": self._pace.passed_s,
            "jobs": available_cores() if self._jobs is None else self._jobs,
        }
