"""Arrivals of the open model: a shopper sets out when due, however many are still under way."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from harness.clock import NS_PER_MS
from harness.load import Arrival
from scenarios.settings import Shop
from scenarios.trip import wait_until

__all__ = ["Errand", "send_out"]

HEAD_START_NS = 50 * NS_PER_MS
"""A user is made this long before its first request is due: making one takes a tenth of a
millisecond, and with seven shops the last would be sent out almost one late."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What one user has to do: be the shopper of one arrival in one shop."""

    shop: Shop
    arrival: Arrival


def send_out(
    arrivals: Iterable[Arrival],
    shops: tuple[Shop, ...],
    *,
    origin_ns: int,
    time_scale: float,
    start: Callable[[Errand], None],
) -> None:
    """Call `start` for every arrival and shop, shortly before it is due; block until the last.

    Args:
        arrivals: ascending; their instants are modelled.
        shops: every arrival visits each.
        origin_ns: the run's start on the machine's monotonic clock.
        time_scale: wall seconds per modelled second.
        start: starts a greenlet and returns at once.
    """
    for arrival in arrivals:
        wait_until(origin_ns + round(arrival.due_ns * time_scale) - HEAD_START_NS)
        # All are due at the same instant and still are sent one after the other. Who comes first
        # changes from arrival to arrival, so that no shop has an advantage.
        first = arrival.number % len(shops)
        for shop in shops[first:] + shops[:first]:
            start(Errand(shop, arrival))
