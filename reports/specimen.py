"""One payment per variant, laid out on a time axis: what the waterfall draws."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from harness.stats import typical_column
from reports.analysis import Analysis
from reports.variant_analysis import VariantAnalysis

__all__ = ["Bar", "Specimen", "Specimens", "choose_specimens", "free_lane"]

_NS_PER_S = 1e9


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold one stage: seconds at full size from the start of the payment.

    Attributes:
        lane: 0 on the critical path, 1 and up beside it.
    """

    stage: str
    start_s: float
    end_s: float
    lane: int


@dataclass(frozen=True, slots=True)
class Specimen:
    """Hold one payment of a variant.

    Attributes:
        variant: name.
        total_s: its payment time.
        pause_s: where make-payment ended and the shopper went to bKash (not counted).
        floor_s: its floor; None where stages are missing.
        bars: its stages.
    """

    variant: str
    total_s: float
    pause_s: float
    floor_s: float | None
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Specimens:
    """Hold the payments shown, in the order of the variants.

    Attributes:
        arrival: the arrival that all of them are; None where variants share none.
    """

    arrival: int | None
    shown: tuple[Specimen, ...]


def choose_specimens(analysis: Analysis) -> Specimens:
    """Choose the arrival that is nearest to the median in every variant, and lay it out."""
    variants = [variant for variant in analysis.variants if variant.times_s.size]
    arrival = _shared_arrival(variants)
    shown = []
    for variant in variants:
        column = typical_column(variant.times_s[None])
        assert column is not None, "a variant without payments was left out above"
        mine = int(variant.arrivals[column]) if arrival is None else arrival
        shown.append(_lay_out(analysis, variant.name, mine))
    return Specimens(arrival=arrival, shown=tuple(shown))


def _shared_arrival(variants: list[VariantAnalysis]) -> int | None:
    if not variants:
        return None
    shared = variants[0].arrivals
    for variant in variants[1:]:
        shared = np.intersect1d(shared, variant.arrivals, assume_unique=True)
    times_s = np.stack([v.times_s[np.searchsorted(v.arrivals, shared)] for v in variants])
    column = typical_column(times_s)
    return None if column is None else int(shared[column])


def _lay_out(analysis: Analysis, variant: str, arrival: int) -> Specimen:
    payments = analysis.table.payments
    at = (payments["variant"] == variant) & (payments["arrival"] == arrival)
    row = int(np.flatnonzero(at.to_numpy())[0])
    payment = payments.iloc[row]
    stages = analysis.table.stages
    mine = stages[(stages["payment"] == row).to_numpy()]
    pause_s = float(payment["make_payment_ns"]) / _NS_PER_S
    bars = [
        *_bars(mine[mine["request"] == 0], base_s=0.0),
        *_bars(mine[mine["request"] == 1], base_s=pause_s),
    ]
    floor_ns = int(payment["floor_ns"])
    return Specimen(
        variant=variant,
        total_s=float(payment["total_ns"]) / _NS_PER_S,
        pause_s=pause_s,
        floor_s=floor_ns / _NS_PER_S if floor_ns >= 0 else None,
        bars=tuple(bars),
    )


def _bars(stages: pd.DataFrame, *, base_s: float) -> list[Bar]:
    start_s = _to_full_size(stages, stages["start_ns"].to_numpy()) / _NS_PER_S + base_s
    full_s = stages["full_ns"].to_numpy() / _NS_PER_S
    on_path = stages["on_path"].to_numpy()
    bars: list[Bar] = []
    lane_ends: list[float] = []
    for place in np.argsort(start_s, kind="stable"):
        begin, end = float(start_s[place]), float(start_s[place] + full_s[place])
        lane = 0 if on_path[place] else 1 + free_lane(lane_ends, begin, end)
        bars.append(Bar(str(stages["stage"].iloc[place]), begin, end, lane))
    return bars


def free_lane(lane_ends: list[float], begin_s: float, end_s: float) -> int:
    """Return the first lane that is free at `begin_s`, and note when it will be free again.

    Args:
        lane_ends: when each lane becomes free; changed, and longer if a new lane was needed.
        begin_s, end_s: of the bar.
    """
    for lane, busy_until_s in enumerate(lane_ends):
        if busy_until_s <= begin_s:
            lane_ends[lane] = end_s
            return lane
    lane_ends.append(end_s)
    return len(lane_ends) - 1


def _to_full_size(stages: pd.DataFrame, wall_ns: NDArray[np.int64]) -> NDArray[np.float64]:
    """Stretch offsets as their critical path is stretched at a time scale other than 1."""
    path = stages[stages["on_path"].to_numpy()].sort_values("start_ns")
    ends_ns = path["end_ns"].to_numpy()
    extra_ns = path["stretch_ns"].to_numpy().astype(np.float64)
    passed = wall_ns[:, None] >= ends_ns[None, :]
    return np.asarray(wall_ns + (passed * extra_ns).sum(axis=1))
