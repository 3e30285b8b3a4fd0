"""What is kept of a simulated run in memory: times and stages per payment, as arrays.

For questions that need many runs (attribution, what-if) and no run folder. A payment that failed
is kept, too, and says so; who makes quantiles of times takes those that are ok.
"""

from array import array
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from harness.rundata import RequestName, Sample
from harness.rundata.sample import OUTCOME_OK

__all__ = ["PaymentTally", "Tally"]

_PAYING = (RequestName.MAKE_PAYMENT.value, RequestName.CALLBACK.value)


@dataclass(frozen=True, slots=True)
class Tally:
    """Hold the payments of one variant, one entry per arrival, in order of arrival.

    Attributes:
        arrivals: (n,) arrival numbers, ascending.
        ok: (n,) whether the payment was made.
        warmup: (n,) whether it lies in the warm-up.
        make_payment_ns: (n,) response time of make-payment; 0 where there was none.
        callback_ns: (n,) response time of the callback; 0 where there was none.
        stage_ns: by stage, (n,) time in it, summed over the payment's two requests.
    """

    arrivals: NDArray[np.int64]
    ok: NDArray[np.bool_]
    warmup: NDArray[np.bool_]
    make_payment_ns: NDArray[np.int64]
    callback_ns: NDArray[np.int64]
    stage_ns: dict[str, NDArray[np.int64]]

    @property
    def payment_ns(self) -> NDArray[np.int64]:
        """Return the payment times, (n,) ns; they mean something only where `ok`."""
        return self.make_payment_ns + self.callback_ns

    @property
    def measured(self) -> NDArray[np.bool_]:
        """Return which payments count: made, and after the warm-up."""
        return self.ok & ~self.warmup


@dataclass(slots=True)
class _Column:
    values: "array[int]" = field(default_factory=lambda: array("q"))

    def put(self, row: int, value: int) -> None:
        missing = row + 1 - len(self.values)
        if missing > 0:
            self.values.frombytes(bytes(8 * missing))
        self.values[row] += value

    def freeze(self, length: int) -> NDArray[np.int64]:
        frozen = np.zeros(length, dtype=np.int64)
        frozen[: len(self.values)] = np.frombuffer(self.values, dtype=np.int64)
        return frozen


class PaymentTally:
    """Take samples in; see `Tally`."""

    def __init__(self) -> None:
        self._rows = 0
        self._ok = _Column()
        self._warmup = _Column()
        self._requests = {name: _Column() for name in _PAYING}
        self._stages: dict[str, _Column] = {}

    def append(self, sample: Sample) -> None:
        """Take in one sample; arrivals are numbered from 0 without gaps."""
        row = sample.arrival
        if row >= self._rows:
            self._rows = row + 1
        if sample.stage:
            if sample.request in _PAYING:
                column = self._stages.get(sample.stage)
                if column is None:
                    column = self._stages[sample.stage] = _Column()
                column.put(row, sample.end_ns - sample.start_ns)
            return
        if sample.request == RequestName.LAND:
            self._warmup.put(row, sample.warmup)
            return
        requests = self._requests.get(sample.request)
        if requests is not None:
            requests.put(row, sample.end_ns - sample.intended_ns)
            if sample.request == RequestName.CALLBACK and sample.outcome == OUTCOME_OK:
                self._ok.put(row, 1)

    def freeze(self) -> Tally:
        """Return what was taken in."""
        rows = self._rows
        return Tally(
            arrivals=np.arange(rows, dtype=np.int64),
            ok=self._ok.freeze(rows) > 0,
            warmup=self._warmup.freeze(rows) > 0,
            make_payment_ns=self._requests[RequestName.MAKE_PAYMENT].freeze(rows),
            callback_ns=self._requests[RequestName.CALLBACK].freeze(rows),
            stage_ns={name: self._stages[name].freeze(rows) for name in sorted(self._stages)},
        )
