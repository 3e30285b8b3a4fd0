"""A cross-check from its options to its report: the course of `bkash-bench crosscheck`."""

from typing import TYPE_CHECKING

from harness.cli.compare.publication import publish
from harness.cli.crosscheck.legs import Legs, run_legs
from harness.cli.crosscheck.page import CROSSCHECK_PAGE
from harness.cli.crosscheck.settings import WAKING_S, CrosscheckSettings
from harness.cli.display import choose_display
from harness.cli.exit_status import ExitStatus
from harness.cli.run_path import require_free_place
from harness.clock import NS_PER_S, monotonic_ns
from harness.rundata import RunFolder, read_samples
from harness.rundata.crosscheck import CROSSCHECK, CrosscheckRecord, StageRecord, TimesRecord

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from reports import Analysis

__all__ = ["crosscheck"]


def crosscheck(
    settings: CrosscheckSettings, *, as_json: bool, quiet: bool, open_report: bool
) -> ExitStatus:
    """Run, compare, publish, and return the exit status that the agreement deserves.

    Raises:
        ConfigurationError: something cannot be used; nothing was started or written.
        InvalidRunError: a run broke off; what was recorded is kept.
        Interrupted: somebody stopped it; likewise.
    """
    began_ns = monotonic_ns()
    require_free_place(settings.out)
    with choose_display(quiet=quiet) as display:
        legs = run_legs(settings, display)
        analyses = [publish(leg) for leg in legs.all]
        took_s = (monotonic_ns() - began_ns) / NS_PER_S
        record = _record(settings, legs, analyses, wall_s=took_s)
        report = CROSSCHECK_PAGE.publish(record, settings.out)
    return CROSSCHECK_PAGE.announce(record, as_json=as_json, report=report, open_report=open_report)


def _record(
    settings: CrosscheckSettings, legs: Legs, analyses: "list[Analysis]", *, wall_s: float
) -> CrosscheckRecord:
    from harness.stats.clock_agreement import agree_on_stages, payment_times_s

    real, virtual = _samples(legs.real), _samples(legs.virtual)
    predictions = [_samples(folder) for folder in legs.predictions]
    on_real, on_virtual = payment_times_s(real), payment_times_s(virtual)
    manifest = legs.real.manifest
    asked = manifest.configuration
    return CrosscheckRecord(
        schema_version=CROSSCHECK.version,
        name=settings.out.name,
        created_utc=manifest.created_utc,
        command=settings.command,
        seed=asked.seed,
        rate_per_s=asked.rate_per_s,
        duration_s=asked.duration_s,
        warmup_s=asked.warmup_s,
        token_lifetime_s=asked.token_lifetime_s,
        profile=asked.profile,
        waking_s=WAKING_S,
        variants=settings.variants,
        times=tuple(
            TimesRecord(name, _numbers(on_real, name), _numbers(on_virtual, name))
            for name in settings.variants
        ),
        stages=tuple(
            StageRecord(
                variant=stage.variant,
                stage=stage.stage,
                verdict=stage.verdict.value,
                real_n=stage.real_n,
                virtual_n=stage.virtual_n,
                real_p50_s=stage.real_p50_s,
                real_p95_s=stage.real_p95_s,
                virtual_p50_s=stage.virtual_p50_s,
                virtual_p95_s=stage.virtual_p95_s,
                most_s=stage.most_s,
            )
            for stage in agree_on_stages(real, virtual, predictions)
        ),
        audit_ok=all(analysis.audit_ok is not False for analysis in analyses),
        troubles=_troubles(legs, analyses),
        wall_s=wall_s,
        versions=manifest.versions,
        git_commit=manifest.git_commit,
        machine=manifest.machine,
    )


def _numbers(times_s: "dict[str, NDArray[np.float64]]", variant: str) -> tuple[float, ...]:
    found = times_s.get(variant)
    return () if found is None else tuple(found.tolist())


def _samples(folder: RunFolder) -> "pd.DataFrame":
    samples, _ = read_samples(folder.sample_paths())
    return samples


def _troubles(legs: Legs, analyses: "list[Analysis]") -> tuple[str, ...]:
    return tuple(
        f"{leg.path.name}: {warning.sentence}"
        for leg, analysis in zip(legs.all, analyses, strict=True)
        for warning in analysis.warnings
        if warning.kind.invalidates
    )
