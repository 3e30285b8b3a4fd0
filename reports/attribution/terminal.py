"""An attribution for the terminal: shares of the mean by traffic, and a verdict on each."""

from rich.table import Table as RichTable
from rich.text import Text

from harness.rundata import AttributionRecord, Measure
from reports.attribution.claims import verdicts
from reports.attribution.finding import claimed_words, find, total_of
from reports.attribution.headline import make_attribution_headline
from reports.units import NONE, digits

__all__ = ["attribution_lines", "attribution_table", "attribution_verdict"]


def attribution_verdict(record: AttributionRecord) -> str:
    """Return the verdict in one or two sentences."""
    headline = make_attribution_headline(record)
    return (
        f"with {headline.before_name}: {headline.before} → with {headline.after_name}:"
        f" {headline.after}."
        f" {headline.verdict}"
    )


def attribution_table(record: AttributionRecord) -> RichTable:
    """Return seconds saved of the mean, by optimization and traffic: 80 columns wide."""
    drawn = RichTable(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    drawn.add_column("saved, s", no_wrap=True)
    drawn.add_column("guide", justify="right", no_wrap=True)
    for traffic in record.traffic:
        drawn.add_column(traffic.name, justify="right", no_wrap=True)
    for flag in record.optimizations:
        cells = [
            Text(digits(f.share.saved), style="" if f.counts else "dim") for f in find(record, flag)
        ]
        drawn.add_row(flag, claimed_words(flag) or NONE, *cells)
    means = [traffic.measures[Measure.TIME_MEAN] for traffic in record.traffic]
    drawn.add_row("all of them", "", *(digits(total_of(mean)) for mean in means), style="bold")
    for name, values in (
        ("mean before", [mean.before for mean in means]),
        ("mean after", [mean.after for mean in means]),
    ):
        drawn.add_row(name, "", *(digits(value) for value in values), style="dim")
    return drawn


def attribution_lines(record: AttributionRecord) -> list[str]:
    """Return the verdict on each optimization, a line each."""
    return [f"{flag}: {verdict}" for flag, verdict in verdicts(record)]
