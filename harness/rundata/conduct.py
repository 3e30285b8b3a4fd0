"""How a run went, as only the one who conducted it can know: written once, when it is over."""

from dataclasses import dataclass, field

__all__ = ["Conduct"]


@dataclass(frozen=True, slots=True)
class Conduct:
    """Hold what happened to a run besides its payments.

    Attributes:
        generator_cpu_share: largest mean share of one core that the load generator used, 1.0 is a
            whole core; None if nobody looked.
        interrupted: True if the run was stopped before its arrivals were over.
        notes: sentences about this run that a reader of its numbers has to know.
    """

    generator_cpu_share: float | None = None
    interrupted: bool = False
    notes: tuple[str, ...] = field(default=())
