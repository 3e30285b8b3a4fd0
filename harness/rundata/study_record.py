"""What the record of every study says, whatever was studied: what made it, from what, on what."""

from dataclasses import dataclass
from typing import Any

__all__ = ["StudyRecord"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRecord:
    """Hold the circumstances of a study; each kind of record adds what it found.

    Attributes:
        schema_version: of the file; it rises when a number changes its meaning.
        name: of the run, for people.
        created_utc: ISO 8601 with offset.
        command: the command line, to run it again.
        seed: of every draw.
        wall_s: how long the simulations took, real seconds.
        jobs: processes that ran them.
        versions: Python and package versions by name.
        git_commit: of the checkout, None outside one.
        machine: what it ran on.
    """

    schema_version: int
    name: str
    created_utc: str
    command: tuple[str, ...]
    seed: int
    wall_s: float
    jobs: int
    versions: dict[str, str]
    git_commit: str | None
    machine: dict[str, Any]
