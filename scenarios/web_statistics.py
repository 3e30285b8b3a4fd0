"""Locust's own statistics: what its web UI, its tables and its CSV files show.

They are for people who watch. Response times are from the intended start, as everywhere here, but
Locust keeps two digits of them: the numbers that count are in the sample files.
"""

from collections.abc import Callable

from locust.env import Environment

from harness.clock import NS_PER_MS
from harness.load import Exchange, Outcome, Visit, stages_of
from scenarios.settings import Settings

__all__ = ["STAGE_TYPE", "RequestFailed", "WebStatistics"]

STAGE_TYPE = "STAGE"
"""What stands in the Type column for a stage of `Server-Timing`."""


class RequestFailed(Exception):
    """A request that did not do what its shopper wanted, as Locust's table of failures shows it."""


class WebStatistics:
    """Tell Locust of every exchange."""

    def __init__(self, environment: Environment, settings: Settings) -> None:
        self._fire: Callable[..., None] = environment.events.request.fire
        self._label_variants = settings.label_variants
        self._show_stages = settings.show_stages

    def show(self, visit: Visit, exchange: Exchange) -> None:
        """Add one exchange, and its stages where they are asked for."""
        if exchange.reading.outcome == Outcome.ABANDONED:
            # Locust, too, is silent about whom it stops; their samples are kept.
            return
        name = exchange.request.name.replace("_", "-")
        if self._label_variants:
            name = f"{visit.variant} {name}"
        reading = exchange.reading
        self._fire(
            request_type=exchange.request.method,
            name=name,
            response_time=(exchange.end_ns - exchange.intended_ns) / NS_PER_MS,
            response_length=len(exchange.answer.body),
            exception=None if reading.ok else RequestFailed(f"{reading.outcome}: {reading.error}"),
            context={},
            url=exchange.request.url,
        )
        if self._show_stages:
            self._show_stages_of(exchange)

    def _show_stages_of(self, exchange: Exchange) -> None:
        for timed in stages_of(exchange):
            self._fire(
                request_type=STAGE_TYPE,
                name=timed.name,
                response_time=timed.duration_ns / NS_PER_MS,
                response_length=0,
                exception=None,
                context={},
            )
