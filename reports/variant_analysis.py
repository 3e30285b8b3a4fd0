"""One variant of a run, worked out by itself and against the baseline."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from harness.rundata import (
    AuditVerdict,
    Costs,
    Manifest,
    Quantiles,
    Summary,
    VariantRecord,
    VariantSummary,
)
from harness.stats import (
    Comparison,
    Interval,
    MeanChange,
    PaymentTable,
    Statistic,
    TokenCalls,
    change_of_means,
    compare_paired,
    critical_seconds,
    describe,
    estimate_interval,
    quantile,
    random_generator,
    token_calls,
)

__all__ = ["VariantAnalysis", "pair_up", "work_out_variants"]

_NS_PER_S = 1e9


@dataclass(frozen=True, slots=True)
class VariantAnalysis:
    """Hold one variant of a run, worked out. Only payments that count in quantiles are in here.

    Attributes:
        record: what the variant is.
        summary: its figures as `summary.json` has them.
        arrivals: (n,) arrival numbers, ascending.
        times_s: (n,) payment times.
        critical_s: (n, stages + 1) critical seconds per stage, the last column unaccounted.
        stale: payment times of those that had to wait for a token.
        floor_s: median floor; None where stages are missing.
        intervals: of p50 and p95.
        costs: None where nobody counted.
        tokens: token calls in the run and in real life; None without costs.
        audit: None where none was made.
        comparison: with the baseline, by arrival; None for the baseline or without one.
        critical_changes: change of the mean critical seconds by stage; empty likewise.
    """

    record: VariantRecord
    summary: VariantSummary
    arrivals: NDArray[np.int64]
    times_s: NDArray[np.float64]
    critical_s: NDArray[np.float64]
    stale: Quantiles
    floor_s: float | None
    intervals: dict[Statistic, Interval | None]
    costs: Costs | None
    tokens: TokenCalls | None
    audit: AuditVerdict | None
    comparison: Comparison | None = None
    critical_changes: dict[str, MeanChange] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of the variant."""
        return self.record.name

    @property
    def has_stages(self) -> bool:
        """Whether its payments tell where their time went."""
        return bool(self.summary.stages)


def work_out_variants(
    manifest: Manifest,
    table: PaymentTable,
    *,
    columns: tuple[str, ...],
    summary: Summary,
    costs: Mapping[str, Costs],
) -> tuple[VariantAnalysis, ...]:
    """Work out all variants, in the manifest's order.

    Args:
        manifest: of the run.
        table: its payments.
        columns: names of the columns of `VariantAnalysis.critical_s`.
        summary: the run in figures.
        costs: by variant; variants may be missing.
    """
    critical_ns = table.sum_per_payment("critical_ns")
    alone = [
        _alone(record, manifest, table, critical_ns, summary, costs.get(record.name))
        for record in manifest.variants
    ]
    baseline = manifest.configuration.baseline
    base = next((variant for variant in alone if variant.name == baseline), None)
    if base is None:
        return tuple(alone)
    seed = manifest.configuration.seed
    return tuple(
        variant if variant is base else _against(base, variant, columns, seed=seed)
        for variant in alone
    )


def pair_up(
    first: VariantAnalysis, second: VariantAnalysis
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows of two variants that are the same arrivals, in order of arrival."""
    _, mine, theirs = np.intersect1d(
        first.arrivals, second.arrivals, assume_unique=True, return_indices=True
    )
    return mine, theirs


def _alone(
    record: VariantRecord,
    manifest: Manifest,
    table: PaymentTable,
    critical_ns: NDArray[np.int64],
    summary: Summary,
    costs: Costs | None,
) -> VariantAnalysis:
    configuration = manifest.configuration
    chosen = (table.payments["variant"] == record.name).to_numpy() & table.measured()
    payments = table.payments[chosen]
    times_s = payments["total_ns"].to_numpy() / _NS_PER_S
    floor_ns = payments["floor_ns"].to_numpy()
    return VariantAnalysis(
        record=record,
        summary=summary.variants[record.name],
        arrivals=payments["arrival"].to_numpy(),
        times_s=times_s,
        critical_s=critical_seconds(critical_ns[chosen], payments["total_ns"].to_numpy()),
        stale=describe(times_s[payments["met_stale"].to_numpy()]),
        floor_s=quantile(floor_ns[floor_ns >= 0] / _NS_PER_S, 0.5),
        intervals=_intervals(times_s, record.name, configuration.seed),
        costs=costs,
        tokens=None
        if costs is None
        else token_calls(costs, token_lifetime_s=configuration.token_lifetime_s),
        audit=summary.audit.get(record.name),
    )


def _intervals(
    times_s: NDArray[np.float64], name: str, seed: int
) -> dict[Statistic, Interval | None]:
    return {
        statistic: estimate_interval(
            times_s, statistic, rng=random_generator(seed, "interval", name, statistic)
        )
        for statistic in (Statistic.P50, Statistic.P95)
    }


def _against(
    base: VariantAnalysis, candidate: VariantAnalysis, columns: tuple[str, ...], *, seed: int
) -> VariantAnalysis:
    left, right = pair_up(base, candidate)
    if left.size == 0:
        return candidate
    name = candidate.name
    changes = change_of_means(
        base.critical_s[left],
        candidate.critical_s[right],
        rng=random_generator(seed, "stages", name),
    )
    return replace(
        candidate,
        comparison=compare_paired(
            base.times_s[left],
            candidate.times_s[right],
            rng=random_generator(seed, "change", name),
        ),
        critical_changes=dict(zip(columns, changes, strict=True)),
    )
