"""The page of an attribution: one HTML file with everything in it."""

from pathlib import Path

from harness.rundata import AttributionRecord, Measure
from reports.attribution.claims import claims_table, verdicts
from reports.attribution.cost_table import cost_sentences, cost_table
from reports.attribution.finding import LEAST_S
from reports.attribution.headline import make_attribution_headline
from reports.attribution.interaction_table import interaction_sentences, interaction_table
from reports.attribution.reproduction import attribution_reproduction, base_words
from reports.attribution.share_table import share_table
from reports.attribution.shares_figure import family_parts, shares_figure
from reports.attribution.trouble_table import trouble_table
from reports.families import Family
from reports.sections import savings_sentence
from reports.template import render, write_page
from reports.units import count, day

__all__ = ["render_attribution", "write_attribution_report"]


def render_attribution(record: AttributionRecord) -> str:
    """Return the page."""
    return render(
        "attribution.html.j2",
        title=f"bKash checkout: who saves what, {day(record.created_utc)}",
        day=day(record.created_utc),
        record=record,
        sets=count(1 << len(record.optimizations)),
        shoppers=count(record.traffic[0].shoppers),
        headline=make_attribution_headline(record),
        families=_families(record),
        shares=shares_figure(record),
        kinds=[(traffic.name, _kind(traffic.words, traffic.profile)) for traffic in record.traffic],
        claims=claims_table(record),
        verdicts=verdicts(record),
        savings_sentence=savings_sentence(),
        interactions=interaction_sentences(record),
        share_table=share_table(record),
        interaction_table=interaction_table(record),
        trouble=trouble_table(record),
        cost=cost_table(record),
        cost_sentences=cost_sentences(record),
        base=base_words(record),
        breaches=_breaches(record),
        notes=[f"{t.name}: {note}" for t in record.traffic for note in t.notes],
        again=attribution_reproduction(record),
    )


def write_attribution_report(record: AttributionRecord, out: Path) -> Path:
    """Write the page of an attribution, and return its path.

    Raises:
        ConfigurationError: `out` cannot be written.
    """
    return write_page(render_attribution(record), out)


def _families(record: AttributionRecord) -> list[Family]:
    """Return the families that the figure shows."""
    shown = {
        family
        for traffic in record.traffic
        for share in traffic.measures[Measure.TIME_MEAN].shares
        for family, part_s in family_parts(share).items()
        if abs(part_s) >= LEAST_S
    }
    return [family for family in Family if family in shown]


def _kind(words: str, profile: str) -> str:
    return f"{words}; profile “{profile}”"


def _breaches(record: AttributionRecord) -> list[str]:
    return [
        f"{traffic.name} traffic with {' + '.join(cell.optimizations) or 'none of them'}: the"
        " ledger audit found a violation."
        for traffic in record.traffic
        for cell in traffic.cells
        if not cell.audit_ok
    ]
