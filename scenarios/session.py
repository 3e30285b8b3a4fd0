"""A session: what drives one Locust process, by the lab's plan or by Locust's command line.

Locust's events tell it when a test starts and stops; a user asks it what to do.
"""

import logging
import sys
from collections.abc import Callable
from typing import NoReturn, Protocol

import gevent  # type: ignore[import-untyped]
from locust.env import Environment
from locust.rpc import Message
from locust.runners import MasterRunner, WorkerRunner
from locust.stats import CSV_STATS_INTERVAL_SEC

from harness.load import ExitStatus
from scenarios.arrivals import Errand
from scenarios.run import Run

__all__ = ["Session", "finish", "give_up", "listen_to_workers", "refuse"]

FAILED_MESSAGE = "bkash-bench-failed"
"""By this message a worker tells its master that the test must not go on."""

FINISHED_MESSAGE = "bkash-bench-finished"
"""By this message a worker tells its master that its share of the journeys is over."""

logger = logging.getLogger(__name__)


class Session(Protocol):
    """What drives one Locust process.

    Attributes:
        run: the run under way; None before it, and where this process has none.
    """

    run: Run | None

    def start(self) -> None:
        """Begin a test."""

    def stopping(self) -> None:
        """Let nobody set out any more, and end who did."""

    def stopped(self) -> None:
        """Close what was recorded; all users have ended."""

    def next_errand(self) -> Errand | None:
        """Return what a user of Locust's own is to do next; None for nothing, ever."""


def refuse(sentence: str) -> NoReturn:
    """End the process before its test begins, with one line that says why."""
    sys.stderr.write(f"error: {sentence}\n")
    sys.exit(ExitStatus.PLAN_REFUSED)


def give_up(environment: Environment, *, status: ExitStatus) -> None:
    """Stop the test and let the process, and its master, end with `status`."""
    runner = environment.runner
    environment.process_exit_code = status
    if isinstance(runner, WorkerRunner):
        runner.send_message(FAILED_MESSAGE, {"status": int(status)})
    if runner is not None:
        # From a greenlet of its own: quitting kills every user, and the caller may be one.
        gevent.spawn(runner.quit)


def finish(environment: Environment) -> None:
    """End the test because all its journeys are over; the exit status is Locust's own.

    A worker leaves the end to its master, which waits for all of them. With a web UI the test stops
    and the process stays.
    """
    runner = environment.runner
    assert runner is not None
    assert environment.parsed_options is not None
    if isinstance(runner, WorkerRunner):
        # Locust's report is due every three seconds: without one more of them the master, which
        # waits half a second for the last, could end without these numbers.
        report: dict[str, object] = {}
        collect: Callable[..., None] = environment.events.report_to_master.fire
        collect(client_id=runner.client_id, data=report)
        runner.send_message("stats", report)
        runner.send_message(FINISHED_MESSAGE)
        return
    logger.info("all journeys are over")
    # From a greenlet of its own: stopping kills every user, and the caller may be one. Locust
    # writes its CSV files by the clock, and not once more at the end.
    wait_s = 1.5 * CSV_STATS_INTERVAL_SEC if environment.parsed_options.csv_prefix else 0
    gevent.spawn_later(wait_s, runner.quit if environment.parsed_options.headless else runner.stop)


def listen_to_workers(environment: Environment) -> None:
    """Make a master stop when one of its workers gives up, or all have done their share."""
    runner = environment.runner
    if not isinstance(runner, MasterRunner):
        return
    finished: set[str] = set()

    def on_test_start(**_: object) -> None:
        finished.clear()

    def on_failed(environment: Environment, msg: Message, **_: object) -> None:
        logger.error("worker %s gave up; its log says why", msg.node_id)
        give_up(environment, status=ExitStatus(msg.data["status"]))

    def on_finished(environment: Environment, msg: Message, **_: object) -> None:
        finished.add(msg.node_id)
        if finished.issuperset(client.id for client in runner.clients.all):
            finish(environment)

    runner.register_message(FAILED_MESSAGE, on_failed)
    runner.register_message(FINISHED_MESSAGE, on_finished)
    environment.events.test_start.add_listener(on_test_start)  # type: ignore[no-untyped-call]
