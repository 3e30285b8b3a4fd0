"""The first ten seconds of an attribution: what all save, and whose doing that is."""

from dataclasses import dataclass

from harness.rundata import AttributionRecord, Measure, TrafficRecord
from reports.attribution.finding import MAIN_TRAFFIC, findings, total_of
from reports.sections.claim import join_words
from reports.units import percent, seconds

__all__ = ["AttributionHeadline", "main_traffic", "make_attribution_headline"]


@dataclass(frozen=True, slots=True)
class AttributionHeadline:
    """Hold what stands at the top.

    Attributes:
        before, after: mean times as text.
        before_name, after_name: which sets.
        verdict: whose doing it is.
        aside: what the other kinds of traffic change, a sentence each.
    """

    before: str
    before_name: str
    after: str
    after_name: str
    verdict: str
    aside: tuple[str, ...]


def main_traffic(record: AttributionRecord) -> TrafficRecord:
    """Return the traffic to speak of first."""
    return next((t for t in record.traffic if t.name == MAIN_TRAFFIC), record.traffic[0])


def make_attribution_headline(record: AttributionRecord) -> AttributionHeadline:
    """Return what stands at the top."""
    main = main_traffic(record)
    measure = main.measures[Measure.TIME_MEAN]
    base = f"{' + '.join(record.base)}, none of the {len(record.optimizations)}"
    return AttributionHeadline(
        before=seconds(measure.before),
        before_name=base if record.base else f"none of the {len(record.optimizations)}",
        after=seconds(measure.after),
        after_name=f"all {len(record.optimizations)}",
        verdict=(
            f"{_whose(record, main)}, at {main.words}, if bKash is as slow as profile"
            f" “{main.profile}”."
        ),
        aside=tuple(_beside(record, t, main) for t in record.traffic if t is not main),
    )


def _beside(record: AttributionRecord, traffic: TrafficRecord, main: TrafficRecord) -> str:
    """Return what another traffic changes: who saves there, and not in the main one."""
    measure = traffic.measures[Measure.TIME_MEAN]
    usual = {f.share.optimization for f in findings(record, main) if f.counts}
    here = {f.share.optimization: f.share for f in findings(record, traffic) if f.counts}
    more = [share for name, share in here.items() if name not in usual]
    ranked = sorted(more, key=lambda share: -share.saved)
    said = [f"also {share.optimization} {seconds(share.saved)}" for share in ranked[:1]]
    said += [f"{share.optimization} {seconds(share.saved)}" for share in ranked[1:]]
    less = tuple(name for name in record.optimizations if name in usual and name not in here)
    if less:
        said.append(f"nothing by {join_words(less)}")
    changed = ", ".join(said) or "by the same ones"
    return (
        f"{traffic.name[0].upper()}{traffic.name[1:]} ({traffic.words}):"
        f" {seconds(measure.before)} → {seconds(measure.after)}, {changed}."
    )


def _whose(record: AttributionRecord, traffic: TrafficRecord) -> str:
    """Return who saves how much of the mean, the largest first, and who nothing."""
    saved_s = total_of(traffic.measures[Measure.TIME_MEAN])
    ranked = sorted(findings(record, traffic), key=lambda f: -f.share.saved)
    busy = [f for f in ranked if f.counts and f.share.saved > 0]
    idle = tuple(f.share.optimization for f in ranked if not f.counts)
    slower = tuple(f.share.optimization for f in ranked if f.counts and f.share.saved < 0)
    if not busy:
        return "No optimization saves anything"
    first, *others = busy
    said = f"{first.share.optimization} saves {seconds(first.share.saved)}"
    if saved_s > 0 and others:
        said += f" of the {seconds(saved_s)} ({percent(first.share.saved / saved_s)})"
    said += "".join(f", {f.share.optimization} {seconds(f.share.saved)}" for f in others)
    if slower:
        said += f"; {join_words(slower)} cost{'s' if len(slower) == 1 else ''} time"
    if idle:
        said += f"; {join_words(idle)} save{'s' if len(idle) == 1 else ''} nothing"
    return said
