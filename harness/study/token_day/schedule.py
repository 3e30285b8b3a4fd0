"""What keeps the token fresh while nobody pays."""

from dataclasses import dataclass

from harness.load.cron import CronLine
from harness.merchant import Optimization, Variant
from harness.rundata.token_day import ScheduleKind

__all__ = ["Schedule"]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Say what keeps the token fresh while nobody pays.

    Attributes:
        kind: cron, the task inside the process, or nothing.
        line: of cron; None for the other kinds.
    """

    kind: ScheduleKind
    line: CronLine | None = None

    @property
    def name(self) -> str:
        """Return cron's five fields, or the kind."""
        return self.kind.value if self.line is None else self.line.expression

    def variant(self, variant: Variant) -> Variant:
        """Return a variant under this schedule: the flag of the task inside is the schedule's."""
        flags = variant.optimizations - {Optimization.BACKGROUND_REFRESH}
        if self.kind is ScheduleKind.REFRESHER:
            flags |= {Optimization.BACKGROUND_REFRESH}
        return Variant(variant.name, flags, variant.description)
