"""The load generator as the lab sees it: a plan on disk, a process, and what it says on its way."""

from collections.abc import Callable
from pathlib import Path

from harness.lab.child import Child, Command
from harness.lab.stack import Stack
from harness.load import PLAN_VARIABLE, LoadPlan, Progress, locust_command, read_progress

__all__ = ["GENERATOR", "Generator"]

GENERATOR = "load generator"
"""Its name, for people and for the meter; no variant can have it, because it holds a space."""

PLAN_FILE = "plan.json"


class Generator:
    """Start the load generator and follow its progress.

    Args:
        workplace: folder for the plan's file.
        on_progress: is called with each report that it makes.

    Raises:
        ConfigurationError: there is no generator on this machine.
    """

    def __init__(self, workplace: Path, *, on_progress: Callable[[Progress], None]) -> None:
        self._plan_path = workplace / PLAN_FILE
        self._on_progress = on_progress
        self._command = Command(
            name=GENERATOR,
            argv=tuple(locust_command()),
            environment={PLAN_VARIABLE: str(self._plan_path)},
        )

    async def start(self, plan: LoadPlan, stack: Stack) -> Child:
        """Write the plan and start the process; it ends by itself when the plan is done."""
        plan.write(self._plan_path)
        return await stack.start(self._command, hear=self._hear)

    def _hear(self, line: str) -> None:
        progress = read_progress(line)
        if progress is not None:
            self._on_progress(progress)
