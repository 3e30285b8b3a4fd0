"""A run worked out once, for whoever shows it: page, terminal, summary."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from harness.rundata import (
    AuditVerdict,
    Conduct,
    Costs,
    Manifest,
    RunFolder,
    Summary,
    read_samples,
)
from harness.stats import (
    UNACCOUNTED,
    PaymentTable,
    RunWarning,
    WarningKind,
    audit_verdicts,
    check_run,
    check_variant,
    gather,
    payment_table,
    summarize,
)
from reports.variant_analysis import VariantAnalysis, work_out_variants

__all__ = ["Analysis", "analyse"]


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
        variants=work_out_variants(
            folder.manifest, table, columns=columns, summary=summary, costs=costs
        ),
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
