"""The recorder: an exchange becomes rows of the sample file, one for the request and one per stage.

It writes what happened and nothing else: no rounding, no correction, no filter. It raises where it
cannot write, and a run whose recorder fails must stop: numbers that are not kept are not measured.
"""

from dataclasses import dataclass
from typing import Protocol

from harness.clock import NS_PER_S
from harness.load.exchange import Exchange
from harness.rundata import Sample
from harness.stages import TimedStage, parse_server_timing

__all__ = ["Recorder", "SampleSink", "Visit", "stages_of"]

FLUSH_INTERVAL_NS = NS_PER_S
"""A killed process loses at most this much."""


class SampleSink(Protocol):
    """Take samples; a `SampleFile` is one."""

    def append(self, sample: Sample) -> None:
        """Take in one sample, for good."""

    def flush(self) -> None:
        """Let nothing that was taken in be lost any more."""

    def close(self) -> None:
        """Take in nothing more; closing twice is harmless."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Say whose request a row is about.

    Attributes:
        variant: name of the variant.
        arrival: number of the arrival.
        warmup: True where the arrival lies in the warm-up.
    """

    variant: str
    arrival: int
    warmup: bool


class Recorder:
    """Write exchanges into a sample file.

    Args:
        file: open, and this recorder's alone; any sink will do.
        origin_ns: the run's start on the driver's clock; all rows count from it.
    """

    def __init__(self, file: SampleSink, *, origin_ns: int) -> None:
        self._file = file
        self._origin_ns = origin_ns
        self._flushed_ns = origin_ns

    def record(self, visit: Visit, exchange: Exchange) -> None:
        """Write one exchange.

        Raises:
            RunDataError: it cannot be written; the run must stop.
        """
        self._file.append(self._request_row(visit, exchange))
        payment_id = _payment_id(exchange)
        for timed in stages_of(exchange):
            self._file.append(_stage_row(visit, exchange, timed, payment_id))
        self.flush_if_due(exchange.end_ns)

    def flush_if_due(self, now_ns: int) -> None:
        """Flush if the last flush is a second ago; for quiet moments, when nothing is recorded.

        Raises:
            RunDataError: the file cannot be written; the run must stop.
        """
        if now_ns - self._flushed_ns >= FLUSH_INTERVAL_NS:
            self._file.flush()
            self._flushed_ns = now_ns

    def close(self) -> None:
        """Flush and close the file; closing twice is harmless.

        Raises:
            RunDataError: what was left cannot be written.
        """
        self._file.close()

    def _request_row(self, visit: Visit, exchange: Exchange) -> Sample:
        reading = exchange.reading
        return Sample(
            variant=visit.variant,
            arrival=visit.arrival,
            request=exchange.request.name,
            stage="",
            intended_ns=exchange.intended_ns - self._origin_ns,
            start_ns=exchange.start_ns - self._origin_ns,
            end_ns=exchange.end_ns - self._origin_ns,
            modelled_ns=None,
            outcome=reading.outcome,
            status=exchange.answer.status,
            warmup=visit.warmup,
            payment_id=_payment_id(exchange),
            error=reading.error,
        )


def stages_of(exchange: Exchange) -> list[TimedStage]:
    """Return the stages that the answer reports; none where it has no `Server-Timing`."""
    header = exchange.answer.headers.get("server-timing")
    return [] if header is None else parse_server_timing(header)


def _stage_row(visit: Visit, exchange: Exchange, timed: TimedStage, payment_id: str) -> Sample:
    return Sample(
        variant=visit.variant,
        arrival=visit.arrival,
        request=exchange.request.name,
        stage=timed.name,
        intended_ns=0,
        start_ns=timed.start_ns,
        end_ns=timed.start_ns + timed.duration_ns,
        modelled_ns=timed.modelled_ns,
        outcome=exchange.reading.outcome,
        status=0,
        warmup=visit.warmup,
        payment_id=payment_id,
        error="",
    )


def _payment_id(exchange: Exchange) -> str:
    return exchange.reading.payment_id or exchange.request.payment_id
