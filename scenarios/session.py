"""A session: what drives one Locust process, by the lab's plan or by Locust's command line.

Locust's events tell it when a test starts and stops; a user asks it what to do.
"""

import logging
import sys
from typing import NoReturn, Protocol

import gevent  # type: ignore[import-untyped]
from locust.env import Environment
from locust.rpc import Message
from locust.runners import MasterRunner, WorkerRunner

from harness.load import ExitStatus
from scenarios.arrivals import Errand
from scenarios.run import Run

__all__ = ["Session", "give_up", "listen_for_failed_workers", "refuse"]

FAILED_MESSAGE = "bkash-bench-failed"
"""By this message a worker tells its master that the test must not go on."""

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


def listen_for_failed_workers(environment: Environment) -> None:
    """Make a master stop when one of its workers gives up."""

    def on_failed(environment: Environment, msg: Message, **_: object) -> None:
        logger.error("worker %s gave up; its log says why", msg.node_id)
        give_up(environment, status=ExitStatus(msg.data["status"]))

    if isinstance(environment.runner, MasterRunner):
        environment.runner.register_message(FAILED_MESSAGE, on_failed)
