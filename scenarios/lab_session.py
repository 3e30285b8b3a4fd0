"""The lab's session: one plan, all variants side by side, and the process ends by itself."""

import gc
import logging
from collections.abc import Callable
from functools import partial
from typing import NoReturn

import gevent  # type: ignore[import-untyped]
from gevent import Greenlet
from gevent.pool import Group  # type: ignore[import-untyped]
from locust.env import Environment

from harness.clock import NS_PER_MS, monotonic_ns
from harness.errors import HarnessError
from harness.load import ExitStatus, LoadPlan, ProgressEvent
from scenarios.arrivals import Errand, send_out
from scenarios.progress_meter import ProgressMeter
from scenarios.run import Run, open_recorder
from scenarios.session import give_up
from scenarios.settings import plan_settings

__all__ = ["LabSession"]

LEAD_NS = 300 * NS_PER_MS
"""Time between Locust's start and the run's, for everything that happens once."""

TICK_S = 1.0

logger = logging.getLogger(__name__)


class LabSession:
    """Carry out a plan.

    Args:
        environment: Locust's.
        plan: from the lab.
        start_user: starts a user for an errand, in the group given.

    Raises:
        ConfigurationError: the plan cannot be carried out.
    """

    def __init__(
        self, environment: Environment, plan: LoadPlan, start_user: Callable[[Errand, Group], None]
    ) -> None:
        self.run: Run | None = None
        self._environment = environment
        self._plan = plan
        self._arrivals = plan.arrivals()
        self._settings = plan_settings(plan)
        self._start_user = start_user
        self._shoppers = Group()
        self._greenlets: list[Greenlet] = []
        self._meter: ProgressMeter | None = None
        self._complete = False
        # Whoever ends this process before the plan is through leaves this behind.
        environment.process_exit_code = ExitStatus.INTERRUPTED

    def start(self) -> None:
        """Open the sample file and send out the first shoppers."""
        # What was imported stays for good: it need not be looked at by each collection of garbage,
        # whose pauses would be lag.
        gc.collect()
        gc.freeze()
        origin_ns = monotonic_ns() + LEAD_NS
        fail = partial(give_up, self._environment, status=ExitStatus.RECORDER_FAILED)
        try:
            recorder = open_recorder(self._settings, suffix="", origin_ns=origin_ns)
        except HarnessError as error:
            logger.error("%s", error)
            fail()
            return
        run = Run(
            self._environment,
            self._settings,
            recorder=recorder,
            origin_ns=origin_ns,
            on_failure=fail,
        )
        self.run, self._meter = run, ProgressMeter(run, self._arrivals)
        self._write(ProgressEvent.START)
        self._greenlets = [gevent.spawn(self._tick, run), gevent.spawn(self._carry_out, run)]

    def stopping(self) -> None:
        """End everybody who is still under way; what they waited for is recorded as abandoned."""
        gevent.killall(self._greenlets)
        self._shoppers.kill()

    def stopped(self) -> None:
        """Close the sample file and write the last line."""
        if self.run is not None:
            self.run.close()
            self._write(ProgressEvent.END)

    def next_errand(self) -> Errand | None:
        """Return None: the plan makes its own users."""
        return None

    def _carry_out(self, run: Run) -> None:
        send_out(
            self._arrivals,
            self._settings.shops,
            origin_ns=run.origin_ns,
            time_scale=self._settings.time_scale,
            start=lambda errand: self._start_user(errand, self._shoppers),
        )
        self._complete = self._shoppers.join(timeout=self._plan.drain_limit_wall_s)
        self._shoppers.kill()
        run.close()
        if self._environment.process_exit_code == ExitStatus.INTERRUPTED:
            self._environment.process_exit_code = ExitStatus.COMPLETE
        assert self._environment.runner is not None
        gevent.spawn(self._environment.runner.quit)

    def _tick(self, run: Run) -> NoReturn:
        while True:
            gevent.sleep(TICK_S)
            run.flush()
            self._write(ProgressEvent.PROGRESS)

    def _write(self, event: ProgressEvent) -> None:
        assert self._meter is not None
        try:
            self._meter.write(event, complete=self._complete)
        except OSError as error:
            logger.error("nobody listens to the progress any more: %s", error)
            if event is not ProgressEvent.END:
                give_up(self._environment, status=ExitStatus.INTERRUPTED)
