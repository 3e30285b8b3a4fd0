"""The checkout scenario: land, pay, approve at bKash, come back.

    locust -f scenarios/checkout.py --host http://127.0.0.1:8800

runs it as Locust users expect, with or without the web UI. `bkash-bench compare` starts it with a
plan instead, see `harness.load.plan`. All of it is explained in `docs/scenarios.md`.
"""

import os
from pathlib import Path
from types import TracebackType
from typing import ClassVar

from gevent.pool import Group  # type: ignore[import-untyped]
from locust import FastHttpUser, between, events, task
from locust.argument_parser import LocustArgumentParser
from locust.env import Environment
from locust.exception import StopUser

from harness.errors import ConfigurationError
from harness.load import PLAN_VARIABLE, LoadPlan
from scenarios.arguments import add_arguments
from scenarios.arrivals import Errand
from scenarios.browser import CONNECTIONS
from scenarios.lab_session import LabSession
from scenarios.session import Session, listen_to_workers, refuse
from scenarios.stock_session import StockSession

__all__ = ["CheckoutUser"]


NOWHERE = "http://127.0.0.1:9"
"""The discard port, for a user that sends nothing."""


class CheckoutUser(FastHttpUser):
    """A shopper who buys a course.

    In the open model a user is one shopper and leaves when done. In the closed model it is one
    after the other, each with a browser that knows nothing of the one before.
    """

    wait_time = between(1, 3)
    concurrency = CONNECTIONS
    session: ClassVar[Session]

    def __init__(self, environment: Environment, errand: Errand | None = None) -> None:
        self._errand = errand
        run = self.session.run
        if run is None:
            # The test is stopping already; Locust still asks every user for a host.
            self.host = self.host or NOWHERE
        else:
            shop = run.settings.shops[0] if errand is None else errand.shop
            self.host = shop.url
            self.network_timeout = self.connection_timeout = run.settings.request_timeout_s
        super().__init__(environment)

    @task
    def checkout(self) -> None:
        """Be the next shopper."""
        run, errand = self.session.run, self._errand or self.session.next_errand()
        if run is None or errand is None:
            raise StopUser
        run.serve(errand, self.client)
        if self._errand is not None:
            raise StopUser


def _on_parser(parser: LocustArgumentParser) -> None:
    add_arguments(parser)


def _on_init(environment: Environment, **_: object) -> None:
    def start_user(errand: Errand, group: Group) -> None:
        CheckoutUser(environment, errand).start(group)

    plan_path = os.environ.get(PLAN_VARIABLE)
    try:
        if plan_path is None:
            CheckoutUser.session = StockSession(environment, start_user)
        else:
            plan = LoadPlan.read(Path(plan_path))
            CheckoutUser.session = LabSession(environment, plan, start_user)
    except ConfigurationError as error:
        refuse(str(error))
    listen_to_workers(environment)


def _on_test_start(**_: object) -> None:
    CheckoutUser.session.start()


def _on_test_stopping(**_: object) -> None:
    CheckoutUser.session.stopping()


def _on_test_stop(**_: object) -> None:
    CheckoutUser.session.stopped()


def _on_quitting(environment: Environment, **_: object) -> None:
    # Locust settles its exit status before it stops the users: stopping them here lets a recorder
    # that fails at the very end still be seen.
    if environment.runner is not None:
        environment.runner.stop()


def _on_user_error(exception: Exception, tb: TracebackType, **_: object) -> None:
    run = CheckoutUser.session.run
    if run is not None:
        run.fail(f"our own code failed, so the run stops: {exception!r}")


for _event, _listener in (
    (events.init_command_line_parser, _on_parser),
    (events.init, _on_init),
    (events.test_start, _on_test_start),
    (events.test_stopping, _on_test_stopping),
    (events.test_stop, _on_test_stop),
    (events.quitting, _on_quitting),
    (events.user_error, _on_user_error),
):
    _event.add_listener(_listener)  # type: ignore[no-untyped-call]
