"""Several simulations at once: a crew of processes, one per core, each a task after the other.

A process is started by `spawn`, so that it inherits nothing that could change a number. Results
come back in the order of the tasks, however they were shared out.
"""

import multiprocessing
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Final, Generic, TypeVar

from harness.errors import HarnessError, InvalidRunError
from harness.simulation.collector import settle_collector

__all__ = ["Crew", "Task", "available_cores"]

R = TypeVar("R")

_REPORT: Final = "report"
_RESULT: Final = "result"
_ERROR: Final = "error"

_GRACE_S: Final = 5.0

Report = Callable[[float], None]
Work = Callable[[Report], R]


@dataclass(frozen=True, slots=True)
class Task(Generic[R]):
    """Name one piece of work.

    Attributes:
        name: for messages.
        work: called in the other process with a function that takes the share done; picklable.
        weight: how long it takes, against the others.
    """

    name: str
    work: Work[R]
    weight: float = 1.0


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew(Generic[R]):
    """Work through tasks in several processes; nobody is left when `run` returns or raises."""

    def __init__(self, jobs: int | None = None) -> None:
        """Use `jobs` processes, or as many as there are cores.

        Raises:
            ValueError: less than one.
        """
        if jobs is not None and jobs < 1:
            raise ValueError(f"jobs: must be 1 or more, got {jobs}")
        self._jobs = available_cores() if jobs is None else jobs

    def run(
        self, tasks: Sequence[Task[R]], *, on_progress: Callable[[float], None] | None = None
    ) -> list[R]:
        """Carry out all tasks and return their results in order.

        Args:
            tasks: what to do.
            on_progress: told the share of all work that is done, in [0, 1].

        Raises:
            InvalidRunError: a process died.
            HarnessError: a task raised one.
        """
        shares = [0.0] * len(tasks)
        total = sum(task.weight for task in tasks) or 1.0

        def tell() -> None:
            if on_progress is not None:
                done = sum(s * t.weight for s, t in zip(shares, tasks, strict=True))
                on_progress(done / total)

        if min(self._jobs, len(tasks)) <= 1:
            return [self._run_here(task, number, shares, tell) for number, task in enumerate(tasks)]
        shift = _Shift(tasks, shares, tell)
        with _Workers(min(self._jobs, len(tasks))) as workers:
            return shift.run(workers)

    def _run_here(
        self, task: Task[R], number: int, shares: list[float], tell: Callable[[], None]
    ) -> R:
        def report(share: float) -> None:
            shares[number] = share
            tell()

        result = task.work(report)
        report(1.0)
        return result


class _Shift(Generic[R]):
    """Share tasks out and gather results."""

    def __init__(
        self, tasks: Sequence[Task[R]], shares: list[float], tell: Callable[[], None]
    ) -> None:
        self._tasks = tasks
        self._shares = shares
        self._tell = tell
        # The heaviest first: what is long and begins last keeps everybody waiting.
        self._open = sorted(range(len(tasks)), key=lambda n: -tasks[n].weight)
        self._under_way: dict[Connection, int] = {}
        self._results: dict[int, R] = {}

    def run(self, workers: "_Workers") -> list[R]:
        for pipe in workers.pipes:
            self._hand_out(pipe)
        while self._under_way:
            for ready in wait(list(self._under_way)):
                assert isinstance(ready, Connection), "only pipes are waited for"
                self._hear(ready)
            self._tell()
        return [self._results[number] for number in range(len(self._tasks))]

    def _hand_out(self, pipe: Connection) -> None:
        if self._open:
            number = self._open.pop(0)
            self._under_way[pipe] = number
            pipe.send(self._tasks[number].work)

    def _hear(self, pipe: Connection) -> None:
        number = self._under_way[pipe]
        try:
            kind, value = pipe.recv()
        except (EOFError, ConnectionResetError):
            raise InvalidRunError(
                f"the process that simulated {self._tasks[number].name} died; was it short of"
                " memory?"
            ) from None
        if kind == _REPORT:
            self._shares[number] = value
            return
        if kind == _ERROR:
            raise value
        self._results[number], self._shares[number] = value, 1.0
        del self._under_way[pipe]
        self._hand_out(pipe)


class _Workers:
    """Hold the processes."""

    def __init__(self, count: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipes: list[Connection] = []
        self._processes: list[BaseProcess] = []
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            self.pipes.append(ours)
            self._processes.append(process)

    def __enter__(self) -> "_Workers":
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in self.pipes:
            pipe.close()
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join(_GRACE_S)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()


def _serve(pipe: Connection) -> None:
    """Work in the other process until nobody asks any more."""
    # Ctrl-C reaches the whole group; the parent alone decides what that means.
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    is_settled = False
    while True:
        try:
            work: Work[Any] = pipe.recv()
        except EOFError:
            return
        if not is_settled:
            # Not before: what the work needs was imported with it.
            settle_collector()
            is_settled = True
        try:
            pipe.send((_RESULT, work(lambda share: pipe.send((_REPORT, share)))))
        except HarnessError as error:
            pipe.send((_ERROR, error))
        except BrokenPipeError:
            return
