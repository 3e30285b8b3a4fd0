"""A journey on a clock: which request is due next, and when.

Response times count from the instant a request *should* have been sent: the schedule for the first,
the previous answer plus think time for the others. Thus an answer that comes late delays only what
truly waits for it, and a generator that is late does not hide it.

A driver's loop is the same on any clock:

    while (request := walk.request) is not None:
        wait until walk.due_ns
        if request.background:
            start sending it beside the loop; walk.go_on()
        else:
            send it; walk.answered(exchange)
"""

from harness.clock import NS_PER_S
from harness.load.exchange import Exchange, Request
from harness.load.journey import Journey

__all__ = ["Walk"]


class Walk:
    """Follow one journey.

    Args:
        journey: fresh.
        due_ns: when its first request is due, on the driver's clock.
        time_scale: wall seconds per modelled second, for think times.

    Attributes:
        request: what is due next; None once the journey has ended.
        due_ns: when it is due.
    """

    __slots__ = ("_journey", "_ready_ns", "_time_scale", "due_ns", "request")

    def __init__(self, journey: Journey, *, due_ns: int, time_scale: float) -> None:
        self._journey = journey
        self._time_scale = time_scale
        self._ready_ns = due_ns
        self.due_ns = due_ns
        self.request: Request | None = None
        self._take(next(journey, None))

    def answered(self, exchange: Exchange) -> None:
        """Go on with the answer to `request`."""
        self._ready_ns = exchange.end_ns
        try:
            self._take(self._journey.send(exchange.reading))
        except StopIteration:
            self._take(None)

    def go_on(self) -> None:
        """Go on without the answer to `request`, which is in the background."""
        self._take(next(self._journey, None))

    def _take(self, request: Request | None) -> None:
        self.request = request
        if request is not None:
            self.due_ns = self._ready_ns + round(request.think_s * self._time_scale * NS_PER_S)
