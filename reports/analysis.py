"""A run worked out once, for whoever shows it: page, terminal, summary."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from harness.rundata import (
    AuditVerdict,
    Conduct,
    Costs,
    Manifest,
    Quantiles,
    RunFolder,
    Summary,
    VariantRecord,
    VariantSummary,
    read_samples,
)
from harness.stats import (
    UNACCOUNTED,
    Comparison,
    Interval,
    MeanChange,
    PaymentTable,
    RunWarning,
    Statistic,
    TokenCalls,
    WarningKind,
    audit_verdicts,
    change_of_means,
    check_run,
    check_variant,
    compare_paired,
    critical_seconds,
    describe,
    estimate_interval,
    gather,
    payment_table,
    quantile,
    random_generator,
    summarize,
    token_calls,
)

__all__ = ["Analysis", "VariantAnalysis", "analyse", "pair_up"]

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
        comparison: with the baseline, by arrival; None for the baseline or without one.
        critical_changes: change of the mean critical seconds by stage; empty likewise.
        costs: None where nobody counted.
        tokens: token calls in the run and in real life; None without costs.
        audit: None where none was made.
    """

    record: VariantRecord
    summary: VariantSummary
    arrivals: NDArray[np.int64]
    times_s: NDArray[np.float64]
    critical_s: NDArray[np.float64]
    stale: Quantiles
    floor_s: float | None
    intervals: dict[Statistic, Interval | None]
    comparison: Comparison | None
    critical_changes: dict[str, MeanChange]
    costs: Costs | None
    tokens: TokenCalls | None
    audit: AuditVerdict | None

    @property
    def name(self) -> str:
        """Name of the variant."""
        return self.record.name

    @property
    def has_stages(self) -> bool:
        """Whether its payments tell where their time went."""
        return bool(self.summary.stages)


@dataclass(frozen=True)
class Analysis:
    """Hold a run, worked out.

    Attributes:
        folder: where it was read.
        table: all payments.
        columns: names of the columns of `critical_s`: the stages, then "unaccounted".
        variants: in the manifest's order.
        summary: the run in figures.
        warnings: what a reader has to know, those that invalidate the run first.
    """

    folder: RunFolder
    table: PaymentTable
    columns: tuple[str, ...]
    variants: tuple[VariantAnalysis, ...]
    summary: Summary
    warnings: tuple[RunWarning, ...]

    @property
    def manifest(self) -> Manifest:
        """What the run was."""
        return self.folder.manifest

    @property
    def valid(self) -> bool:
        """Whether the run's numbers may be believed; a violated audit is told by `audit_ok`."""
        return not any(
            warning.kind.invalidates and warning.kind is not WarningKind.AUDIT_VIOLATED
            for warning in self.warnings
        )

    @property
    def audit_ok(self) -> bool | None:
        """Whether every audit passed; None where none was made."""
        audits = self.summary.audit.values()
        return all(audit.ok for audit in audits) if audits else None

    @cached_property
    def baseline(self) -> VariantAnalysis | None:
        """The variant that the others are compared with; None if it has no payments."""
        found = self.find(self.manifest.configuration.baseline)
        return found if found is not None and found.times_s.size else None

    def find(self, name: str) -> VariantAnalysis | None:
        """Return the variant of that name."""
        return next((v for v in self.variants if v.name == name), None)


def analyse(folder: RunFolder) -> Analysis:
    """Work out a run from its folder.

    Raises:
        RunDataError: samples, costs or ledger are missing or cannot be read.
    """
    samples, torn = read_samples(folder.sample_paths())
    configuration = folder.manifest.configuration
    table = payment_table(samples, time_scale=configuration.time_scale)
    del samples
    costs, ledger, conduct = folder.read_costs(), folder.read_ledger(), folder.read_conduct()
    audits = audit_verdicts(ledger)
    warnings = _warnings(folder, table, costs, audits, conduct=conduct, torn=torn)
    summary = _summarize(
        folder,
        table,
        variants=[record.name for record in folder.manifest.variants],
        costs=costs,
        ledger=ledger,
        warnings=warnings,
    )
    columns = (*table.stage_names, UNACCOUNTED)
    return Analysis(
        folder=folder,
        table=table,
        columns=columns,
        variants=_variants(folder.manifest, table, columns, summary, costs),
        summary=summary,
        warnings=warnings,
    )


def _summarize(
    folder: RunFolder,
    table: PaymentTable,
    *,
    variants: list[str],
    costs: dict[str, Costs],
    ledger: dict[str, Any],
    warnings: tuple[RunWarning, ...],
) -> Summary:
    summary = summarize(
        table,
        variants=variants,
        costs=costs,
        ledger=ledger,
        warnings=warnings,
        report=folder.report_path.name,
    )
    digests = folder.sample_digests()
    figures = {
        name: replace(figures, digest=digests.get(name))
        for name, figures in summary.variants.items()
    }
    return replace(summary, variants=figures)


def pair_up(
    first: VariantAnalysis, second: VariantAnalysis
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows of two variants that are the same arrivals, in order of arrival."""
    _, mine, theirs = np.intersect1d(
        first.arrivals, second.arrivals, assume_unique=True, return_indices=True
    )
    return mine, theirs


def _warnings(
    folder: RunFolder,
    table: PaymentTable,
    costs: dict[str, Costs],
    audits: dict[str, AuditVerdict],
    *,
    conduct: Conduct | None,
    torn: list[str],
) -> tuple[RunWarning, ...]:
    manifest = folder.manifest
    configuration = manifest.configuration
    found = list(check_run(configuration, conduct=conduct, torn=torn))
    names = [record.name for record in manifest.variants]
    for name in names:
        payments = table.payments[(table.payments["variant"] == name).to_numpy()]
        found += check_variant(
            name,
            payments,
            configuration=configuration,
            costs=costs.get(name),
            audited=name in audits,
        )
        audit = audits.get(name)
        if audit is not None and not audit.ok:
            found.append(
                WarningKind.AUDIT_VIOLATED.about(
                    name, violations=_violations(len(audit.violations)), n=audit.payments
                )
            )
    found += _baseline_warning(manifest, table)
    found += [WarningKind.NOTE.about(sentence=note) for note in manifest.notes]
    if manifest.clock == "virtual":
        # Nothing is cold there: imports and caches cost processor time, which that clock ignores.
        found = [warning for warning in found if warning.kind is not WarningKind.NO_WARMUP]
    return tuple(gather(found))


def _violations(count: int) -> str:
    return "1 violation" if count == 1 else f"{count} violations"


def _baseline_warning(manifest: Manifest, table: PaymentTable) -> Iterator[RunWarning]:
    baseline = manifest.configuration.baseline
    measured = table.payments["variant"][table.measured()]
    if len(manifest.variants) > 1 and not (measured == baseline).any():
        yield WarningKind.BASELINE_MISSING.about(baseline=baseline)


def _variants(
    manifest: Manifest,
    table: PaymentTable,
    columns: tuple[str, ...],
    summary: Summary,
    costs: dict[str, Costs],
) -> tuple[VariantAnalysis, ...]:
    measured = table.measured()
    critical_ns = table.sum_per_payment("critical_ns")
    parts: dict[str, dict[str, Any]] = {}
    for record in manifest.variants:
        chosen = (table.payments["variant"] == record.name).to_numpy() & measured
        parts[record.name] = _own_figures(
            table.payments[chosen], critical_ns[chosen], record.name, manifest
        )
    base = parts.get(manifest.configuration.baseline)
    return tuple(
        VariantAnalysis(
            record=record,
            summary=summary.variants[record.name],
            **parts[record.name],
            **_against(base, record.name, parts, columns, manifest),
            costs=costs.get(record.name),
            tokens=_tokens(costs.get(record.name), manifest),
            audit=summary.audit.get(record.name),
        )
        for record in manifest.variants
    )


def _own_figures(
    payments: pd.DataFrame, critical_ns: NDArray[np.int64], name: str, manifest: Manifest
) -> dict[str, Any]:
    times_s = payments["total_ns"].to_numpy() / _NS_PER_S
    floor_ns = payments["floor_ns"].to_numpy()
    floor_ns = floor_ns[floor_ns >= 0]
    seed = manifest.configuration.seed
    return {
        "arrivals": payments["arrival"].to_numpy(),
        "times_s": times_s,
        "critical_s": critical_seconds(critical_ns, payments["total_ns"].to_numpy()),
        "stale": describe(times_s[payments["met_stale"].to_numpy()]),
        "floor_s": quantile(floor_ns / _NS_PER_S, 0.5),
        "intervals": {
            statistic: estimate_interval(
                times_s, statistic, rng=random_generator(seed, "interval", name, statistic)
            )
            for statistic in (Statistic.P50, Statistic.P95)
        },
    }


def _against(
    base: dict[str, Any] | None,
    name: str,
    parts: dict[str, dict[str, Any]],
    columns: Sequence[str],
    manifest: Manifest,
) -> dict[str, Any]:
    configuration = manifest.configuration
    mine = parts[name]
    if base is None or name == configuration.baseline:
        return {"comparison": None, "critical_changes": {}}
    _, left, right = np.intersect1d(
        base["arrivals"], mine["arrivals"], assume_unique=True, return_indices=True
    )
    if left.size == 0:
        return {"comparison": None, "critical_changes": {}}
    comparison = compare_paired(
        base["times_s"][left],
        mine["times_s"][right],
        rng=random_generator(configuration.seed, "change", name),
    )
    changes = change_of_means(
        base["critical_s"][left],
        mine["critical_s"][right],
        rng=random_generator(configuration.seed, "stages", name),
    )
    return {
        "comparison": comparison,
        "critical_changes": dict(zip(columns, changes, strict=True)),
    }


def _tokens(costs: Costs | None, manifest: Manifest) -> TokenCalls | None:
    if costs is None:
        return None
    return token_calls(costs, token_lifetime_s=manifest.configuration.token_lifetime_s)
