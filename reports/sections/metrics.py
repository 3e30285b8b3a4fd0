"""Every figure under the guide's "Expected Performance Metrics", beside ours."""

import numpy as np

from harness.stages import Stage
from harness.stats import describe
from reports.analysis import Analysis
from reports.sections.claim import (
    Basis,
    Claim,
    assumed_wait_s,
    assumptions,
    duration_like,
    payment_time_claim,
    unmeasured,
)
from reports.sections.headline import find_hero
from reports.table import text
from reports.units import count, seconds
from reports.variant_analysis import VariantAnalysis

__all__ = ["metric_claims"]

_VALIDATION = (Stage.VALIDATE_USER, Stage.VALIDATE_COURSE, Stage.CHECK_ENROLLED)
_TOKEN_STAGES = (Stage.TOKEN_LOOKUP, Stage.TOKEN_GRANT, Stage.TOKEN_REFRESH)


def metric_claims(analysis: Analysis) -> list[Claim]:
    """Return the guide's expected metrics, in its order."""
    hero = find_hero(analysis)
    return [
        _stage(analysis, "First token request", "2-3 s", Stage.TOKEN_GRANT),
        _cached_token(analysis),
        _background(analysis),
        _stage(analysis, "Payment creation", "1-2 s", Stage.CREATE_PAYMENT),
        _stage(analysis, "Payment execution", "1-2 s", Stage.EXECUTE_PAYMENT),
        payment_time_claim("Total payment flow", "2-3 s", hero),
        _validation(analysis),
        _stage(analysis, "Payment record creation", "100-300 ms", Stage.INSERT_PAYMENT),
        _stage(analysis, "Payment record update", "100-300 ms", Stage.UPDATE_PAYMENT),
        _make_payment(analysis, hero),
    ]


def _stage(analysis: Analysis, name: str, guide: str, stage: str) -> Claim:
    """Put one call of a stage, in the first variant that has it, beside the claim."""
    assumed_s = assumed_wait_s(analysis, stage)
    for variant in analysis.variants:
        durations_s = _single_calls_s(analysis, variant.name, stage)
        p50_s = describe(durations_s).p50
        if p50_s is None:
            continue
        how = f"{variant.name}: p50 of {count(durations_s.size)} {stage} calls"
        here = text(duration_like(guide, p50_s))
        if assumed_s is None:
            return Claim(name, guide, here, Basis.MEASURED, f"{how}.")
        how += f"; the profile puts in a median of {duration_like(guide, assumed_s)}."
        return Claim(name, guide, here, Basis.ASSUMED, how)
    return unmeasured(name, guide, f"No payment of this run had {stage}.")


def _single_calls_s(analysis: Analysis, variant: str, stage: str) -> np.ndarray:
    if stage not in analysis.table.stage_names:
        return np.zeros(0)
    stages, payments = analysis.table.stages, analysis.table.payments
    counted = analysis.table.measured() & (payments["variant"] == variant).to_numpy()
    rows = (stages["stage"] == stage).to_numpy() & counted[stages["payment"].to_numpy()]
    return np.asarray(stages["full_ns"].to_numpy()[rows] / 1e9)


def _with_flag(analysis: Analysis, flag: str) -> VariantAnalysis | None:
    found = [
        variant
        for variant in analysis.variants
        if flag in variant.record.optimizations and variant.times_s.size and variant.has_stages
    ]
    return found[0] if found else None


def _cached_token(analysis: Analysis) -> Claim:
    name, guide = "Cached token request", "50-100 ms"
    variant = _with_flag(analysis, "token_cache")
    if variant is None:
        return unmeasured(name, guide, "No variant of this run keeps the token in memory.")
    columns = [i for i, stage in enumerate(analysis.columns) if stage in _TOKEN_STAGES]
    spent_s = variant.critical_s[:, columns].sum(axis=1)
    p50_s = describe(spent_s).p50
    assert p50_s is not None, "only variants with payments get here"
    how = (
        f"{variant.name}: p50 of what a payment’s two requests spent on getting a token;"
        f" {count(int((spent_s == 0).sum()))} of {count(spent_s.size)} made no trip for it."
    )
    return Claim(name, guide, text(duration_like(guide, p50_s)), Basis.MEASURED, how)


def _background(analysis: Analysis) -> Claim:
    name, guide = "Background refresh", "non-blocking"
    variant = _with_flag(analysis, "background_refresh")
    if variant is None:
        return unmeasured(name, guide, "No variant of this run refreshes in the background.")
    n, waited = variant.summary.payment_time_s.n, variant.stale.n
    here = text("non-blocking" if waited == 0 else "blocked some")
    how = f"{variant.name}: {count(waited)} of {count(n)} payments waited for a token."
    return Claim(name, guide, here, Basis.MEASURED, how)


def _validation(analysis: Analysis) -> Claim:
    name, guide = "User and course validation (parallel)", "200-500 ms"
    variant = _with_flag(analysis, "parallel_validation")
    if variant is None:
        return unmeasured(name, guide, "No variant of this run validates in parallel.")
    columns = [i for i, stage in enumerate(analysis.columns) if stage in _VALIDATION]
    p50_s = describe(variant.critical_s[:, columns].sum(axis=1)).p50
    assert p50_s is not None, "only variants with payments get here"
    assumed = assumptions(analysis, _VALIDATION)
    how = f"{variant.name}: p50 of what validation adds to the critical path. {assumed}".strip()
    basis = Basis.DERIVED if assumed else Basis.MEASURED
    return Claim(name, guide, text(duration_like(guide, p50_s)), basis, how)


def _make_payment(analysis: Analysis, hero: VariantAnalysis | None) -> Claim:
    """The guide's monitoring section: the make-payment response "should be under 3 seconds"."""
    name, guide = "make-payment response", "under 3 s"
    if hero is None:
        return unmeasured(name, guide, "No payments in this run.")
    payments = analysis.table.payments
    rows = analysis.table.measured() & (payments["variant"] == hero.name).to_numpy()
    times_s = payments["make_payment_ns"].to_numpy()[rows] / 1e9
    figures = describe(times_s)
    assert figures.p95 is not None, "a hero has payments"
    slow = int((times_s >= 3.0).sum())
    how = f"{hero.name}: p95 of make-payment; {count(slow)} of {count(figures.n)} took 3 s or more."
    return Claim(name, guide, text(seconds(figures.p95)), Basis.DERIVED, how)
