"""One row per payment, made of its samples: how long it took, what it waited for, how it ended.

Payment time is the response time of make-payment plus that of the callback, each from its intended
start, so that a stalled server is charged to everybody it kept waiting (what G. Tene calls
coordinated omission is thereby avoided).

Full-size arithmetic: at time scale s a modelled wait of m took s·m, so a wall time w that contains
it is w - s·m + m at full size. It is applied along the critical path only; what our own code added
is real and never divided. At s = 1 nothing changes.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from harness.rundata import RequestName
from harness.rundata.sample import OUTCOME_OK
from harness.stages import Stage
from harness.stats.critical_path import critical_parts

__all__ = [
    "FLOOR_STAGES",
    "TOKEN_WAIT_STAGES",
    "UNFINISHED",
    "PaymentTable",
    "payment_table",
]

FLOOR_STAGES = (
    Stage.CREATE_PAYMENT,
    Stage.EXECUTE_PAYMENT,
    Stage.INSERT_PAYMENT,
    Stage.LOAD_PAYMENT,
    Stage.UPDATE_PAYMENT,
)
"""What bKash and exactly-once make unavoidable; their sum is the floor of a payment."""

TOKEN_WAIT_STAGES = (Stage.TOKEN_GRANT, Stage.TOKEN_REFRESH)
"""A payment that shows one of these met a token that was missing or no longer good."""

UNFINISHED = "unfinished"
"""Outcome of a payment whose callback was never recorded although nothing before it failed."""

_PAYING = (RequestName.MAKE_PAYMENT, RequestName.CALLBACK)
_JUDGED = (
    RequestName.LAND,
    RequestName.MAKE_PAYMENT,
    RequestName.APPROVE,
    RequestName.CALLBACK,
)


@dataclass(frozen=True, slots=True)
class PaymentTable:
    """Hold all payments of a run and their stages. Times are int64 ns at full size.

    Attributes:
        payments: a row per payment, ordered by variant and arrival, with the columns

            - `variant` (category), `arrival`, `warmup`, `outcome` (category; "ok" or what failed),
            - `arrived_ns`: when the shopper was due, wall ns since the run's start,
            - `started_ns`: when the shopper really came; -1 if not recorded,
            - `make_payment_ns`, `callback_ns`: response times at full size; 0 where none,
            - `total_ns`: their sum, the payment time,
            - `lag_ns`: how late the load generator sent the two requests, wall,
            - `modelled_ns`: modelled waits on the critical path,
            - `has_model`: whether any stage of the payment stated one,
            - `overhead_ns`: total - modelled, real ns; means nothing without `has_model`,
            - `critical_ns`, `unaccounted_ns`: they sum to `total_ns`,
            - `floor_ns`: sum of `FLOOR_STAGES`; -1 where one of them is missing,
            - `met_stale`: whether it waited for a token (`TOKEN_WAIT_STAGES`).
        stages: a row per stage of a payment's two requests, with the columns `payment` (row number
            in `payments`), `request` (0 make-payment, 1 callback), `stage` (category), `start_ns`,
            `end_ns` (wall offsets from the request's arrival), `full_ns` (duration), `critical_ns`
            (its part of the critical path), `on_path`.
        stage_names: all stages that occur, sorted.
    """

    payments: pd.DataFrame
    stages: pd.DataFrame
    stage_names: tuple[str, ...]

    def sum_per_payment(self, column: str) -> NDArray[np.int64]:
        """Sum a column of `stages` by payment and stage: (payments, stage_names)."""
        width = len(self.stage_names)
        cell = self.stages["payment"].to_numpy() * width + self.stages["stage"].cat.codes.to_numpy()
        size = len(self.payments) * width
        sums = np.bincount(cell, weights=self.stages[column].to_numpy(), minlength=size)
        # Sums of nanoseconds stay far below 2**53, so the float weights lose nothing.
        return np.rint(sums).astype(np.int64).reshape(len(self.payments), width)

    def counts_per_payment(self) -> NDArray[np.int64]:
        """Count how often each stage occurs in each payment: (payments, stage_names)."""
        width = len(self.stage_names)
        cell = self.stages["payment"].to_numpy() * width + self.stages["stage"].cat.codes.to_numpy()
        size = len(self.payments) * width
        return np.bincount(cell, minlength=size).reshape(len(self.payments), width)

    def measured(self) -> NDArray[np.bool_]:
        """Tell which payments count in quantiles: succeeded, and not in the warm-up."""
        ok = (self.payments["outcome"] == OUTCOME_OK).to_numpy()
        return np.asarray(ok & ~self.payments["warmup"].to_numpy())


def payment_table(samples: pd.DataFrame, *, time_scale: float) -> PaymentTable:
    """Make the payments of a run from its samples, as `harness.rundata.read_samples` returns them.

    Args:
        samples: a row per sample, in any order; the first of equal requests of a payment counts.
        time_scale: wall seconds per modelled second, > 0.
    """
    if time_scale <= 0:
        raise ValueError(f"time scale {time_scale} is not positive")
    is_request = (samples["stage"] == "").to_numpy()
    key = _payment_keys(samples)
    judged = is_request & samples["request"].isin(_JUDGED).to_numpy()
    keys, first = np.unique(key[judged], return_index=True)
    payments = samples.loc[judged, ["variant", "arrival", "warmup"]].iloc[first]
    payments = payments.reset_index(drop=True)
    requests = {name: _requests(samples, is_request, key, keys, name) for name in _JUDGED}
    stages, stage_names = _stages(samples, is_request, key, keys, requests, time_scale)
    _add_outcomes(payments, requests)
    _add_times(payments, requests, stages)
    table = PaymentTable(payments=payments, stages=stages, stage_names=stage_names)
    _add_stage_sums(table)
    return table


@dataclass(frozen=True, slots=True)
class _Requests:
    """One request of each payment, as arrays over payments; 0 where `there` is False."""

    there: NDArray[np.bool_]
    intended_ns: NDArray[np.int64]
    start_ns: NDArray[np.int64]
    end_ns: NDArray[np.int64]
    outcome: NDArray[np.object_]


def _payment_keys(samples: pd.DataFrame) -> NDArray[np.int64]:
    variant = samples["variant"].cat.codes.to_numpy().astype(np.int64)
    arrival = samples["arrival"].to_numpy()
    return np.asarray(variant * (int(arrival.max(initial=0)) + 1) + arrival)


def _requests(
    samples: pd.DataFrame,
    is_request: NDArray[np.bool_],
    key: NDArray[np.int64],
    keys: NDArray[np.int64],
    name: RequestName,
) -> _Requests:
    rows = np.flatnonzero(is_request & (samples["request"] == name).to_numpy())
    found, first = np.unique(key[rows], return_index=True)
    rows = rows[first]
    place = np.searchsorted(keys, found)
    there = np.zeros(keys.size, dtype=np.bool_)
    there[place] = True

    def spread(column: str) -> NDArray[np.int64]:
        values = np.zeros(keys.size, dtype=np.int64)
        values[place] = samples[column].to_numpy()[rows]
        return values

    outcome = np.full(keys.size, "", dtype=np.object_)
    outcome[place] = samples["outcome"].iloc[rows].to_numpy(dtype=np.object_)
    return _Requests(there, spread("intended_ns"), spread("start_ns"), spread("end_ns"), outcome)


def _stages(
    samples: pd.DataFrame,
    is_request: NDArray[np.bool_],
    key: NDArray[np.int64],
    keys: NDArray[np.int64],
    requests: dict[RequestName, _Requests],
    time_scale: float,
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    callback = (samples["request"] == RequestName.CALLBACK).to_numpy()
    paying = callback | (samples["request"] == RequestName.MAKE_PAYMENT).to_numpy()
    rows = np.flatnonzero(~is_request & paying)
    # A stage whose request was never recorded (torn file) cannot be placed and is left out.
    place = np.searchsorted(keys, key[rows])
    known = keys[np.minimum(place, keys.size - 1)] == key[rows] if keys.size else rows < 0
    rows, place = rows[known], place[known]
    second = callback[rows].astype(np.int64)
    service_ns = np.stack([requests[name].end_ns - requests[name].start_ns for name in _PAYING])
    start_ns = samples["start_ns"].to_numpy()[rows]
    end_ns = samples["end_ns"].to_numpy()[rows]
    on_path, critical_ns = critical_parts(
        place * 2 + second, start_ns, end_ns, request_end_ns=service_ns[second, place]
    )
    modelled = samples["modelled_ns"].to_numpy()[rows]
    # What a modelled wait is longer at full size than it was on the wall.
    stretch_ns = np.rint(np.nan_to_num(modelled) * (1.0 - time_scale)).astype(np.int64)
    names = samples["stage"].iloc[rows].cat.remove_unused_categories()
    stages = pd.DataFrame(
        {
            "payment": place,
            "request": second.astype(np.int8),
            "stage": names.reset_index(drop=True),
            "start_ns": start_ns,
            "end_ns": end_ns,
            "full_ns": end_ns - start_ns + stretch_ns,
            "critical_ns": critical_ns + np.where(on_path, stretch_ns, 0),
            "stretch_ns": np.where(on_path, stretch_ns, 0),
            "modelled_ns": np.where(on_path, np.nan_to_num(modelled), 0.0).astype(np.int64),
            "has_model": ~np.isnan(modelled),
            "on_path": on_path,
        }
    )
    return stages, tuple(names.cat.categories)


def _add_outcomes(payments: pd.DataFrame, requests: dict[RequestName, _Requests]) -> None:
    """A payment ended as its first request that did not succeed, in the order of the journey."""
    outcome = np.full(len(payments), OUTCOME_OK, dtype=np.object_)
    for name in reversed(_JUDGED):
        request = requests[name]
        failed = request.there & (request.outcome != OUTCOME_OK)
        if name is RequestName.CALLBACK:
            outcome[~request.there] = UNFINISHED
        outcome[failed] = request.outcome[failed]
    make = requests[RequestName.MAKE_PAYMENT]
    outcome[~make.there & (outcome == OUTCOME_OK)] = UNFINISHED
    payments["outcome"] = pd.Categorical(outcome)


def _add_times(
    payments: pd.DataFrame, requests: dict[RequestName, _Requests], stages: pd.DataFrame
) -> None:
    land, make = requests[RequestName.LAND], requests[RequestName.MAKE_PAYMENT]
    payments["arrived_ns"] = np.where(land.there, land.intended_ns, make.intended_ns)
    started = np.where(make.there, make.start_ns, -1)
    payments["started_ns"] = np.where(land.there, land.start_ns, started)
    count = len(payments)
    lag_ns = np.zeros(count, dtype=np.int64)
    total_ns = np.zeros(count, dtype=np.int64)
    for second, name in enumerate(_PAYING):
        request = requests[name]
        mine = stages["request"].to_numpy() == second
        stretch_ns = _sum_by_payment(stages[mine], "stretch_ns", count)
        response_ns = np.where(request.there, request.end_ns - request.intended_ns + stretch_ns, 0)
        payments[f"{name.value}_ns"] = response_ns
        total_ns += response_ns
        lag_ns += np.where(request.there, request.start_ns - request.intended_ns, 0)
    payments["total_ns"] = total_ns
    payments["lag_ns"] = lag_ns


def _add_stage_sums(table: PaymentTable) -> None:
    payments, stages, count = table.payments, table.stages, len(table.payments)
    payments["modelled_ns"] = _sum_by_payment(stages, "modelled_ns", count)
    payments["has_model"] = _sum_by_payment(stages, "has_model", count) > 0
    payments["overhead_ns"] = payments["total_ns"] - payments["modelled_ns"]
    payments["critical_ns"] = _sum_by_payment(stages, "critical_ns", count)
    payments["unaccounted_ns"] = payments["total_ns"] - payments["critical_ns"]
    counts, full_ns = table.counts_per_payment(), table.sum_per_payment("full_ns")
    floor = [i for i, name in enumerate(table.stage_names) if name in FLOOR_STAGES]
    complete = len(floor) == len(FLOOR_STAGES)
    has_floor = (counts[:, floor] > 0).all(axis=1) & complete
    payments["floor_ns"] = np.where(has_floor, full_ns[:, floor].sum(axis=1), -1)
    waits = [i for i, name in enumerate(table.stage_names) if name in TOKEN_WAIT_STAGES]
    payments["met_stale"] = np.asarray((counts[:, waits] > 0).any(axis=1))


def _sum_by_payment(stages: pd.DataFrame, column: str, count: int) -> NDArray[np.int64]:
    weights = stages[column].to_numpy().astype(np.float64)
    sums = np.bincount(stages["payment"].to_numpy(), weights=weights, minlength=count)
    return np.rint(sums).astype(np.int64)
