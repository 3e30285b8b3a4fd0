"""Whether two clocks tell the same story: a real run held against the virtual one, stage by stage.

Both runs have the same arrivals and the same draws, so a stage that takes v on the virtual clock
takes v + o on the real one, where o is what real machines add: code, sockets, waking up late; none
of it where a longer wait beside hides it. If every o lies in [0, b], then so does the difference of
any two quantiles of the same level, whatever depends on what: adding numbers from [0, b] moves each
order statistic by no less than 0 and no more than b. What b is, separate runs say whose waits are
known or none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from harness.rundata import RequestName
from harness.stats.payment_table import TOKEN_WAIT_STAGES, payment_table
from harness.stats.quantile import quantile

__all__ = [
    "AGREEMENT_MIN_N",
    "WHOLE_PAYMENT",
    "AgreementVerdict",
    "ClockAgreement",
    "agree_on_stages",
    "payment_times_s",
]

WHOLE_PAYMENT = "payment"
"""What stands in place of a stage's name for the whole payment time."""

AGREEMENT_MIN_N = 30
"""Durations from which on a stage is judged, in each of the runs: the prediction leaves out the
last hundredth of them, and of fewer it would be one shopper's luck."""

_MOST = 0.99

_ROUNDING_S = 1e-5
"""`Server-Timing` and the draws count in microseconds."""

_REQUEST = ""
_PAYING = (RequestName.MAKE_PAYMENT, RequestName.CALLBACK)


class AgreementVerdict(StrEnum):
    """Say what came of holding one stage against its prediction."""

    WITHIN = "within"
    OUTSIDE = "outside"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class ClockAgreement:
    """Hold one stage of one variant on both clocks. Times are seconds; None of no durations.

    Attributes:
        variant: of the shop.
        stage: its name, or `WHOLE_PAYMENT`.
        real_n, virtual_n: durations on each clock.
        real_p50_s, real_p95_s, virtual_p50_s, virtual_p95_s: quantiles.
        most_s: what real machines add at most, as predicted.
    """

    variant: str
    stage: str
    real_n: int
    virtual_n: int
    real_p50_s: float | None
    real_p95_s: float | None
    virtual_p50_s: float | None
    virtual_p95_s: float | None
    most_s: float | None

    @property
    def shift_p50_s(self) -> float | None:
        """Real minus virtual median."""
        return _difference(self.real_p50_s, self.virtual_p50_s)

    @property
    def shift_p95_s(self) -> float | None:
        """Real minus virtual p95."""
        return _difference(self.real_p95_s, self.virtual_p95_s)

    @property
    def verdict(self) -> AgreementVerdict:
        """Tell whether both differences lie where they were predicted."""
        shifts = (self.shift_p50_s, self.shift_p95_s)
        enough = min(self.real_n, self.virtual_n) >= AGREEMENT_MIN_N
        if not enough or self.most_s is None:
            return AgreementVerdict.TOO_FEW
        inside = all(s is not None and -_ROUNDING_S <= s <= self.most_s for s in shifts)
        return AgreementVerdict.WITHIN if inside else AgreementVerdict.OUTSIDE


def agree_on_stages(
    real: pd.DataFrame, virtual: pd.DataFrame, predictions: Sequence[pd.DataFrame]
) -> tuple[ClockAgreement, ...]:
    """Hold every stage of every variant of a real run against the same on the virtual clock.

    Args:
        real: samples, as `harness.rundata.read_samples` returns them, at time scale 1.
        virtual: of the same scenario on the virtual clock.
        predictions: of real runs whose modelled waits are none, or short and stated.

    Returns:
        By variant in the order of its name; the whole payment first, then stages by name.
    """
    on_real, on_virtual = _durations_s(real), _durations_s(virtual)
    added = [_overheads_s(samples) for samples in predictions]
    keys = sorted(
        on_real.keys() | on_virtual.keys(), key=lambda k: (k[0], k[1] != WHOLE_PAYMENT, k[1])
    )
    return tuple(
        _agree(
            key,
            on_real.get(key, _NOTHING),
            on_virtual.get(key, _NOTHING),
            [prediction.get(key, _NOTHING) for prediction in added],
        )
        for key in keys
    )


def payment_times_s(samples: pd.DataFrame) -> dict[str, NDArray[np.float64]]:
    """Return the ascending payment times by variant, of payments that count; time scale 1."""
    table = payment_table(samples, time_scale=1.0)
    paid = table.payments[table.measured()]
    return {
        str(variant): np.sort(times.to_numpy(dtype=np.float64)) / 1e9
        for variant, times in paid.groupby("variant", observed=True)["total_ns"]
    }


_Key = tuple[str, str]
_NOTHING: NDArray[np.float64] = np.empty(0)


def _agree(
    key: _Key,
    real_s: NDArray[np.float64],
    virtual_s: NDArray[np.float64],
    added_s: Sequence[NDArray[np.float64]],
) -> ClockAgreement:
    most = [float(np.quantile(each, _MOST)) for each in added_s if each.size >= AGREEMENT_MIN_N]
    return ClockAgreement(
        variant=key[0],
        stage=key[1],
        real_n=real_s.size,
        virtual_n=virtual_s.size,
        real_p50_s=quantile(real_s, 0.5),
        real_p95_s=quantile(real_s, 0.95),
        virtual_p50_s=quantile(virtual_s, 0.5),
        virtual_p95_s=quantile(virtual_s, 0.95),
        most_s=max(most, default=None),
    )


def _durations_s(samples: pd.DataFrame) -> dict[_Key, NDArray[np.float64]]:
    stages = _stage_rows(samples)
    wholes = {
        (variant, WHOLE_PAYMENT): times for variant, times in payment_times_s(samples).items()
    }
    return wholes | dict(_by_stage(stages, stages["end_ns"] - stages["start_ns"]))


def _overheads_s(samples: pd.DataFrame) -> dict[_Key, NDArray[np.float64]]:
    """Return what was added to the stated waits, by variant and stage."""
    table = payment_table(samples, time_scale=1.0)
    paid = table.payments[table.measured()]
    wholes = {
        (str(variant), WHOLE_PAYMENT): added.to_numpy(dtype=np.float64) / 1e9
        for variant, added in paid.groupby("variant", observed=True)["overhead_ns"]
    }
    stages = _stage_rows(samples)
    # Who waits for a token that another payment fetches states no wait of its own.
    follows = stages["stage"].isin(TOKEN_WAIT_STAGES) & stages["modelled_ns"].isna()
    stages = stages[~follows]
    took_ns = stages["end_ns"] - stages["start_ns"] - stages["modelled_ns"].fillna(0.0)
    return wholes | dict(_by_stage(stages, took_ns))


def _stage_rows(samples: pd.DataFrame) -> pd.DataFrame:
    paying = samples["request"].isin(_PAYING)
    return samples[paying & (samples["stage"] != _REQUEST) & ~samples["warmup"]]


def _by_stage(
    stages: pd.DataFrame, took_ns: pd.Series
) -> Iterator[tuple[_Key, NDArray[np.float64]]]:
    grouped = took_ns.groupby([stages["variant"], stages["stage"]], observed=True)
    for (variant, stage), values in grouped:
        yield (str(variant), str(stage)), values.to_numpy(dtype=np.float64) / 1e9


def _difference(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else left - right
