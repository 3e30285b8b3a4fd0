"""Payments that met a stale token, beside all: where prefetch and background refresh live."""

from reports.analysis import Analysis
from reports.table import Cell, Column, Group, Table, missing, text
from reports.units import count, digits, percent
from reports.variant_analysis import VariantAnalysis

__all__ = ["stale_table"]


def stale_table(analysis: Analysis) -> Table | None:
    """Return a row per variant; None where nobody sent stages."""
    variants = [v for v in analysis.variants if v.has_stages]
    if not variants:
        return None
    lifetime_s = analysis.manifest.configuration.token_lifetime_s
    return Table(
        caption="Payments that had to wait for a token, beside all payments",
        columns=(
            Column("variant", numeric=False),
            Column("had to wait"),
            Column("of all"),
            Column("all, p50", "s"),
            Column("those, p50", "s"),
            Column("those, max", "s"),
        ),
        groups=(Group("", tuple(_row(variant) for variant in variants)),),
        notes=(
            "Once a token is cached, prefetch and background refresh change nothing for most"
            " payments; they matter for those that meet an expired one. Tokens lived"
            f" {lifetime_s:g} s in this run; at bKash’s 3,600 s such payments are rarer by the same"
            " factor.",
        ),
    )


def _row(variant: VariantAnalysis) -> tuple[Cell, ...]:
    n, stale = variant.summary.payment_time_s.n, variant.stale
    nobody = missing("nobody had to wait for a token")
    return (
        text(variant.name),
        text(count(stale.n)),
        text(percent(stale.n / n) if n else "–"),
        text(digits(variant.summary.payment_time_s.p50)),
        nobody if stale.p50 is None else text(digits(stale.p50)),
        nobody if stale.max is None else text(digits(stale.max)),
    )
