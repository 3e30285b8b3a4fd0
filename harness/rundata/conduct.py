"""How a run went, as only the one who conducted it can know: written once, when it is over."""

from dataclasses import dataclass, field

__all__ = ["Conduct", "Simulated"]


@dataclass(frozen=True, slots=True)
class Simulated:
    """Say how long a simulation was on both clocks.

    Attributes:
        virtual_s: seconds that passed on the virtual clock.
        wall_s: real seconds that it took.
    """

    virtual_s: float
    wall_s: float

    @property
    def speed_up(self) -> float:
        """Return how many virtual seconds passed in a real one."""
        return self.virtual_s / self.wall_s


@dataclass(frozen=True, slots=True)
class Conduct:
    """Hold what happened to a run besides its payments.

    Attributes:
        generator_cpu_share: largest mean share of one core that the load generator used, 1.0 is a
            whole core; None if nobody looked.
        interrupted: True if the run was stopped before its arrivals were over.
        notes: sentences about this run that a reader of its numbers has to know.
        simulated: by variant, in a run on the virtual clock.
    """

    generator_cpu_share: float | None = None
    interrupted: bool = False
    notes: tuple[str, ...] = field(default=())
    simulated: dict[str, Simulated] = field(default_factory=dict)
