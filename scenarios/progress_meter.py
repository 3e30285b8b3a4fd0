"""Lines that tell the lab how far the run is; see `harness.load.progress`."""

import resource
import sys
from bisect import bisect_right

from harness.clock import NS_PER_S, monotonic_ns
from harness.load import Arrival, Progress, ProgressEvent
from scenarios.run import Run

__all__ = ["ProgressMeter"]


class ProgressMeter:
    """Measure the generator itself and write a line about the run.

    Args:
        run: the run.
        arrivals: all of one shop, ascending, modelled.
    """

    def __init__(self, run: Run, arrivals: list[Arrival]) -> None:
        self._run = run
        self._shops = len(run.settings.shops)
        scale = run.settings.time_scale
        self._dues_ns = [round(arrival.due_ns * scale) for arrival in arrivals]
        self._cpu_start_s = self._cpu_before_s = _cpu_s()
        self._start_ns = self._before_ns = monotonic_ns()

    def write(self, event: ProgressEvent, *, complete: bool = False) -> None:
        """Write one line to standard output.

        Raises:
            OSError: nobody reads it any more.
        """
        now_ns, cpu_s = monotonic_ns(), _cpu_s()
        tally = self._run.tally
        progress = Progress(
            event=event,
            origin_ns=self._run.origin_ns,
            elapsed_s=round((now_ns - self._run.origin_ns) / NS_PER_S, 3),
            arrivals_s=round(self._dues_ns[-1] / NS_PER_S, 3),
            planned=len(self._dues_ns) * self._shops,
            due=bisect_right(self._dues_ns, now_ns - self._run.origin_ns) * self._shops,
            started=tally.started,
            finished=tally.finished,
            failed=tally.failed,
            lag_ms_max=round(tally.lag_ms_max, 3),
            cpu=_share(cpu_s - self._cpu_before_s, now_ns - self._before_ns),
            cpu_mean=_share(cpu_s - self._cpu_start_s, now_ns - self._start_ns),
            complete=complete,
        )
        self._cpu_before_s, self._before_ns = cpu_s, now_ns
        sys.stdout.write(f"{progress.line()}\n")
        sys.stdout.flush()


def _cpu_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _share(cpu_s: float, wall_ns: int) -> float:
    return round(cpu_s * NS_PER_S / wall_ns, 4) if wall_ns else 0.0
