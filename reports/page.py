"""The page: one HTML file with everything in it, from data that sections and figures prepared."""

from collections.abc import Sequence

from reports.analysis import Analysis
from reports.families import Family
from reports.figures import quantile_figure, time_series_figure, waterfall_figure
from reports.sections import (
    audit_lines,
    claims_table,
    cost_sentences,
    cost_table,
    floor_table,
    make_headline,
    own_time_table,
    payment_times_table,
    reproduction,
    savings_sentence,
    slack_table,
    stage_changes_table,
    stage_quantiles_table,
    stale_table,
)
from reports.side_by_side import compare_runs
from reports.specimen import choose_specimens
from reports.template import render
from reports.units import day

__all__ = ["render_comparison", "render_run"]


def render_run(analysis: Analysis) -> str:
    """Return the page of one run."""
    specimens = choose_specimens(analysis)
    return render(
        "run.html.j2",
        title=f"bKash checkout: {analysis.manifest.name}, {day(analysis.manifest.created_utc)}",
        day=day(analysis.manifest.created_utc),
        analysis=analysis,
        manifest=analysis.manifest,
        headline=make_headline(analysis),
        specimens=specimens,
        waterfall=waterfall_figure(specimens),
        quantiles=quantile_figure(analysis),
        series=time_series_figure(analysis),
        families=list(Family),
        payment_times=payment_times_table(analysis),
        stage_changes=stage_changes_table(analysis),
        stage_quantiles=stage_quantiles_table(analysis),
        floor=floor_table(analysis),
        slack=slack_table(analysis),
        stale=stale_table(analysis),
        cost=cost_table(analysis),
        cost_sentences=cost_sentences(analysis),
        own_time=own_time_table(analysis),
        claims=claims_table(analysis),
        savings_sentence=savings_sentence(),
        audits=audit_lines(analysis),
        again=reproduction(analysis),
        breaches=[w.sentence for w in analysis.warnings if w.kind.invalidates],
        cautions=[w.sentence for w in analysis.warnings if not w.kind.invalidates],
    )


def render_comparison(analyses: Sequence[Analysis]) -> str:
    """Return the page of several runs side by side; the first is the one before."""
    return render(
        "comparison.html.j2",
        title=f"bKash checkout: {len(analyses)} runs side by side",
        comparison=compare_runs(analyses),
    )
