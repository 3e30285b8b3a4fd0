"""A trip: one shopper's walk through one shop, in a greenlet of its own, on the real clock.

Requests are timed as closely around the send as Python allows. What is under way when the run stops
is recorded as abandoned, so that no journey vanishes from the numbers.
"""

from collections.abc import Callable

import gevent  # type: ignore[import-untyped]
from gevent import Greenlet, GreenletExit

from harness.clock import NS_PER_S, monotonic_ns
from harness.load import Answer, Exchange, Outcome, Request, Walk
from scenarios.browser import Browser

__all__ = ["Trip", "wait_until"]

TIMER_LATE_NS = 800_000
"""gevent's timers fire late by this much, because epoll waits whole milliseconds (measured: 0.78 to
1.01 ms). It would be on every response time; waiting that much less costs 1 % of a core instead."""

Report = Callable[[Exchange], None]


class Trip:
    """Take one shopper through one shop.

    Args:
        walk: what the shopper does, and when it is due on the machine's monotonic clock.
        browser: the shopper's alone until the trip is over.
        report: told of every exchange, at once; must not raise.
    """

    def __init__(self, walk: Walk, browser: Browser, report: Report) -> None:
        self._walk = walk
        self._browser = browser
        self._report = report
        self._background: list[Greenlet] = []
        self._arrived = False

    def run(self) -> None:
        """Walk to the end, or until this greenlet is killed."""
        try:
            while (request := self._walk.request) is not None:
                self._wait(request)
                if request.background:
                    sending = gevent.spawn(self._send, request, self._walk.due_ns)
                    self._background.append(sending)
                    self._walk.go_on()
                else:
                    self._walk.answered(self._send(request, self._walk.due_ns))
            gevent.joinall(self._background, raise_error=True)
        finally:
            gevent.killall(self._background)
            self._browser.forget()

    def _wait(self, request: Request) -> None:
        try:
            wait_until(self._walk.due_ns)
        except GreenletExit:
            # A shopper who is not due yet never came. Of one who thinks, what would have been next
            # is abandoned; all its instants are the one at which the run stopped.
            if self._arrived:
                now_ns = monotonic_ns()
                self._report(_abandon(request, now_ns, now_ns))
            raise
        self._arrived = True

    def _send(self, request: Request, intended_ns: int) -> Exchange:
        start_ns = monotonic_ns()
        try:
            answer = self._browser.send(request)
        except GreenletExit:
            self._report(_abandon(request, intended_ns, start_ns))
            raise
        exchange = Exchange.of(
            request, answer, intended_ns=intended_ns, start_ns=start_ns, end_ns=monotonic_ns()
        )
        self._report(exchange)
        return exchange


def wait_until(due_ns: int) -> None:
    """Let other greenlets run until the machine's monotonic clock reads `due_ns`, never less."""
    while (rest_ns := due_ns - monotonic_ns()) > 0:
        # Near the end this is `sleep(0)`: everybody else's turn, and then ours again.
        gevent.sleep(max(rest_ns - TIMER_LATE_NS, 0) / NS_PER_S)


def _abandon(request: Request, intended_ns: int, start_ns: int) -> Exchange:
    answer = Answer(failure=Outcome.ABANDONED, error="the run stopped first")
    return Exchange.of(
        request,
        answer,
        intended_ns=intended_ns,
        start_ns=start_ns,
        end_ns=monotonic_ns(),
    )
