"""Judge a run before its figures are read: was the load as asked for, and is there enough of it?"""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

from harness.rundata import Conduct, Costs, RunConfiguration
from harness.rundata.sample import OUTCOME_OK
from harness.stats.quantile import BEYOND_QUANTILE, quantile
from harness.stats.warning import RunWarning, WarningKind

__all__ = [
    "EXPIRIES_WANTED",
    "GENERATOR_SHARE_LIMIT",
    "LAG_LIMIT_MS",
    "RATE_TOLERANCE",
    "UNACCOUNTED_LIMIT",
    "check_run",
    "check_variant",
]

RATE_TOLERANCE = 0.05
"""A rate missed by more than this share invalidates a run."""

GENERATOR_SHARE_LIMIT = 0.80
"""A generator that uses more of a core than this measures itself."""

LAG_LIMIT_MS = 10.0
"""A lag of the generator above this at p95 is said; 1 % of the payment time if that is more."""

UNACCOUNTED_LIMIT = 0.10
"""Share of the mean payment time that may go unexplained."""

EXPIRIES_WANTED = 3
"""Token lifetimes that a run should cover."""

_WARMUP_GROWTH = 2.0
_WARMUP_GROWTH_MS = 10.0
"""The first tenth's overhead counts as cold where it is both so many times and so much larger."""

_OUTCOMES_SHOWN = 3
_NS_PER_MS = 1e6


def check_run(
    configuration: RunConfiguration, *, conduct: Conduct | None, torn: list[str]
) -> Iterator[RunWarning]:
    """Yield what is wrong with the run as a whole.

    Args:
        configuration: what was asked for.
        conduct: how it went, None where nobody said.
        torn: sentences about records that could not be read.
    """
    if conduct is not None:
        share = conduct.generator_cpu_share
        if share is not None and share > GENERATOR_SHARE_LIMIT:
            yield WarningKind.GENERATOR_BUSY.about(
                share=f"{share * 100:.0f}", limit=f"{GENERATOR_SHARE_LIMIT * 100:.0f}"
            )
        if conduct.interrupted:
            yield WarningKind.INTERRUPTED.about()
    lifetimes = configuration.duration_s / configuration.token_lifetime_s
    if lifetimes < EXPIRIES_WANTED:
        yield WarningKind.FEW_EXPIRIES.about(lifetimes=f"{lifetimes:.1f}")
    for sentence in torn:
        yield WarningKind.TORN_RECORD.about(sentence=sentence)
    for sentence in () if conduct is None else conduct.notes:
        yield WarningKind.NOTE.about(sentence=sentence)


def check_variant(
    variant: str,
    payments: pd.DataFrame,
    *,
    configuration: RunConfiguration,
    costs: Costs | None,
    audited: bool,
) -> Iterator[RunWarning]:
    """Yield what is wrong with one variant.

    Args:
        variant: its name.
        payments: its rows of `PaymentTable.payments`, warm-up included.
        configuration: of the run.
        costs: what it cost, None where nobody counted.
        audited: whether the ledger audit judged it.
    """
    after = payments[~payments["warmup"]]
    yield from _rate(variant, after, configuration)
    yield from _errors(variant, after)
    ok = after[after["outcome"] == OUTCOME_OK]
    if ok.empty:
        yield WarningKind.NO_PAYMENTS.about(variant)
        return
    yield from _lag(variant, ok)
    yield from _warmup(variant, payments, ok, configuration)
    yield from _few(variant, len(ok))
    yield from _stages(variant, ok, configuration)
    if costs is None:
        yield WarningKind.NO_COSTS.about(variant)
    if not audited:
        yield WarningKind.NO_AUDIT.about(variant)


def _rate(
    variant: str, after: pd.DataFrame, configuration: RunConfiguration
) -> Iterator[RunWarning]:
    planned = round(configuration.rate_per_s * configuration.duration_s)
    if planned == 0 or configuration.duration_s <= 0 or after.empty:
        return
    # Arrivals that came, but after the time in which they were due, came at a lower rate.
    window_ns = configuration.duration_s * configuration.time_scale * 1e9
    first_ns = after["arrived_ns"].min()
    late_ns = RATE_TOLERANCE * window_ns
    in_time = int((after["started_ns"] <= first_ns + window_ns + late_ns).sum())
    missed = 1 - in_time / planned
    if missed > RATE_TOLERANCE:
        yield WarningKind.RATE_MISSED.about(
            variant,
            seen=f"{in_time / configuration.duration_s:.3g}",
            planned=f"{configuration.rate_per_s:.3g}",
            missed=f"{missed * 100:.0f}",
        )


def _errors(variant: str, after: pd.DataFrame) -> Iterator[RunWarning]:
    outcomes = Counter(after["outcome"])
    failed = len(after) - outcomes.pop(OUTCOME_OK, 0)
    if failed == 0:
        return
    ranked = sorted(((n, word) for word, n in outcomes.items() if n), reverse=True)
    words = [f"{n} {word}" for n, word in ranked[:_OUTCOMES_SHOWN]]
    if len(ranked) > _OUTCOMES_SHOWN:
        words.append("…")
    yield WarningKind.ERRORS.about(variant, failed=failed, n=len(after), outcomes=", ".join(words))


def _lag(variant: str, ok: pd.DataFrame) -> Iterator[RunWarning]:
    lag_ms = (quantile(ok["lag_ns"], 0.95) or 0.0) / _NS_PER_MS
    median_ms = (quantile(ok["total_ns"], 0.5) or 0.0) / _NS_PER_MS
    if lag_ms > max(LAG_LIMIT_MS, 0.01 * median_ms):
        yield WarningKind.LAG_HIGH.about(variant, lag=f"{lag_ms:.3g}")


def _warmup(
    variant: str, payments: pd.DataFrame, ok: pd.DataFrame, configuration: RunConfiguration
) -> Iterator[RunWarning]:
    if not payments["warmup"].any():
        yield WarningKind.NO_WARMUP.about(variant)
    overhead_ms = ok["overhead_ns"].to_numpy()[ok["has_model"].to_numpy()] / _NS_PER_MS
    tenth = overhead_ms.size // 10
    if tenth < BEYOND_QUANTILE:
        return
    early_ms, late_ms = float(np.median(overhead_ms[:tenth])), float(np.median(overhead_ms[tenth:]))
    if early_ms > _WARMUP_GROWTH * late_ms and early_ms - late_ms > _WARMUP_GROWTH_MS:
        yield WarningKind.WARMUP_SHORT.about(
            variant,
            early=f"{early_ms:.3g}",
            late=f"{late_ms:.3g}",
            warmup=f"{configuration.warmup_s:g}",
        )


def _few(variant: str, n: int) -> Iterator[RunWarning]:
    for level, name in ((0.5, "p50"), (0.9, "p90"), (0.95, "p95")):
        if n * (1 - level) < BEYOND_QUANTILE - 1e-9:
            yield WarningKind.FEW_PAYMENTS.about(
                variant, n=n, beyond=BEYOND_QUANTILE, quantile=name
            )
            return


def _stages(
    variant: str, ok: pd.DataFrame, configuration: RunConfiguration
) -> Iterator[RunWarning]:
    if configuration.time_scale != 1 and not ok["has_model"].any():
        yield WarningKind.SCALE_WITHOUT_STAGES.about(variant, scale=f"{configuration.time_scale:g}")
    if not (ok["total_ns"] > 0).any():
        # The virtual clock without a wait: where nothing takes time, nothing has to be explained.
        return
    if not (ok["critical_ns"] > 0).any():
        yield WarningKind.NO_STAGES.about(variant)
        return
    share = float(ok["unaccounted_ns"].sum() / ok["total_ns"].sum())
    if share > UNACCOUNTED_LIMIT:
        yield WarningKind.UNACCOUNTED_LARGE.about(variant, share=f"{share * 100:.0f}")
