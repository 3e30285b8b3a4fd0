"""One load run inside one Locust process: who comes next, what was recorded, and how it ends.

Locust swallows the exceptions of event listeners, so recording is not one: every trip reports here,
directly, and a recorder that fails ends the run with a non-zero exit status.
"""

import logging
from collections.abc import Callable
from functools import partial

from locust.contrib.fasthttp import FastHttpSession
from locust.env import Environment

from harness.clock import monotonic_ns
from harness.errors import ConfigurationError, RunDataError
from harness.load import Arrival, Exchange, Recorder, Visit, Walk, start_journey
from harness.rundata import SampleFile
from scenarios.arrivals import Errand
from scenarios.browser import Browser
from scenarios.settings import Settings, Shop
from scenarios.tally import Tally
from scenarios.trip import Trip
from scenarios.web_statistics import WebStatistics

__all__ = ["Run", "open_recorder"]

logger = logging.getLogger(__name__)


class Run:
    """Hold a run from its start to its end.

    Args:
        environment: Locust's.
        settings: what to do.
        recorder: open; None to keep no samples.
        origin_ns: the run's start on the machine's monotonic clock.
        on_failure: called once, when the run must not go on; the reason is logged.
        on_finished: called after each journey, however it ended.

    Attributes:
        settings: what to do.
        origin_ns: the run's start.
        tally: counts of what happened so far.
    """

    def __init__(
        self,
        environment: Environment,
        settings: Settings,
        *,
        recorder: Recorder | None,
        origin_ns: int,
        on_failure: Callable[[], None],
        on_finished: Callable[[], None] = lambda: None,
    ) -> None:
        self.settings = settings
        self.origin_ns = origin_ns
        self.tally = Tally()
        self._recorder = recorder
        self._on_failure = on_failure
        self._on_finished = on_finished
        self._failed = False
        self._statistics = WebStatistics(environment, settings)

    def serve(self, errand: Errand, session: FastHttpSession) -> None:
        """Take one shopper through one shop; blocks this greenlet until they are through."""
        try:
            trip = self._trip(errand.shop, errand.arrival, session)
        except ConfigurationError as error:
            self.fail(str(error))
            return
        self.tally.started += 1
        try:
            trip.run()
        finally:
            self.tally.finished += 1
            self._on_finished()

    def flush(self) -> None:
        """Write out what was recorded, if it is a second ago that this was done."""
        if self._recorder is not None:
            self._guarded(partial(self._recorder.flush_if_due, monotonic_ns()))

    def close(self) -> None:
        """End the recording; a second time is harmless."""
        if self._recorder is not None:
            self._guarded(self._recorder.close)

    def fail(self, sentence: str) -> None:
        """Stop the run, because its numbers would not be true."""
        if not self._failed:
            self._failed = True
            logger.error("%s", sentence)
            self._on_failure()

    def _trip(self, shop: Shop, arrival: Arrival, session: FastHttpSession) -> Trip:
        settings = self.settings
        journey = start_journey(
            shop.target,
            settings.crowd.shopper(arrival.number),
            url=shop.url,
            think=settings.think,
            boundary=settings.boundary,
        )
        due_ns = self.origin_ns + round(arrival.due_ns * settings.time_scale)
        visit = Visit(variant=shop.name, arrival=arrival.number, warmup=arrival.warmup)
        return Trip(
            Walk(journey, due_ns=due_ns, time_scale=settings.time_scale),
            Browser(session, timeout_s=settings.request_timeout_s),
            partial(self._report, visit),
        )

    def _report(self, visit: Visit, exchange: Exchange) -> None:
        if self._recorder is not None:
            self._guarded(partial(self._recorder.record, visit, exchange))
        self.tally.count(exchange)
        self._statistics.show(visit, exchange)

    def _guarded(self, write: Callable[[], None]) -> None:
        try:
            write()
        except RunDataError as error:
            self.fail(f"the recorder failed, so the run stops: {error}")


def open_recorder(settings: Settings, *, suffix: str, origin_ns: int) -> Recorder | None:
    """Open the sample file of this process; None where no samples are kept.

    Args:
        settings: name the folder and the recorder.
        suffix: tells this process from others that record into the folder; may be "".
        origin_ns: the run's start on the machine's monotonic clock.

    Raises:
        RunDataError: the file cannot be made.
    """
    if settings.samples is None:
        return None
    path = settings.samples / f"samples-{settings.recorder}{suffix}.csv"
    return Recorder(SampleFile(path), origin_ns=origin_ns)
