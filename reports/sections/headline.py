"""The first ten seconds: how much faster, under which assumption, and how sure."""

from dataclasses import dataclass

from harness.stats import Statistic, Verdict
from reports.analysis import Analysis
from reports.units import percent_less, percent_range, seconds
from reports.variant_analysis import VariantAnalysis

__all__ = ["Headline", "find_hero", "make_headline"]

_GUIDES_AFTER = "optimized"
"""Where a run has the guide's own "after", that is what the guide is judged by."""


@dataclass(frozen=True, slots=True)
class Headline:
    """Hold what stands at the top.

    Attributes:
        before, after: median payment times as text; `before` is "" without a baseline.
        before_name, after_name: the variants.
        verdict: the sentence that matters.
        aside: the fastest variant and the floor.
        coverage: what the interval covers and what it does not.
    """

    before: str
    before_name: str
    after: str
    after_name: str
    verdict: str
    aside: str
    coverage: str


def find_hero(analysis: Analysis) -> VariantAnalysis | None:
    """Return the variant to speak of: the guide's "after", else the fastest, else the only one."""
    others = [v for v in analysis.variants if v.times_s.size and v is not analysis.baseline]
    if not others:
        return analysis.baseline
    named = [variant for variant in others if variant.name == _GUIDES_AFTER]
    return named[0] if named else min(others, key=_median_s)


def make_headline(analysis: Analysis) -> Headline | None:
    """Return what stands at the top; None where nothing was measured."""
    hero, base = find_hero(analysis), analysis.baseline
    if hero is None:
        return None
    alone = base is None or hero is base
    return Headline(
        before="" if base is None or alone else seconds(_median_s(base)),
        before_name="" if base is None or alone else base.name,
        after=seconds(_median_s(hero)),
        after_name=hero.name,
        verdict=_verdict(analysis, hero),
        aside=_aside(analysis, hero),
        coverage=_coverage(hero),
    )


def _median_s(variant: VariantAnalysis) -> float:
    p50 = variant.summary.payment_time_s.p50
    assert p50 is not None, "only variants with payments get here"
    return p50


def _condition(analysis: Analysis) -> str:
    return f"if bKash is as slow as profile “{analysis.manifest.configuration.profile}”"


def _verdict(analysis: Analysis, hero: VariantAnalysis) -> str:
    change = None if hero.comparison is None else hero.comparison.changes[Statistic.P50]
    if change is None or change.relative is None:
        return f"The median payment of {hero.name}, {_condition(analysis)}."
    words = f"{percent_less(change.relative)} time per payment"
    if change.verdict is Verdict.SAME:
        words = "No difference that matters"
    interval = change.relative_interval
    sure = "" if interval is None else f" (95 % interval {percent_range(interval, signed=False)})"
    doubt = ""
    if change.verdict is Verdict.INCONCLUSIVE:
        doubt = " Inconclusive: this run cannot tell it from chance."
    return f"{words}{sure}, {_condition(analysis)}.{doubt}"


def _aside(analysis: Analysis, hero: VariantAnalysis) -> str:
    measured = [variant for variant in analysis.variants if variant.times_s.size]
    fastest = min(measured, key=_median_s)
    parts = []
    if fastest is not hero:
        parts.append(f"Fastest: {fastest.name}, {seconds(_median_s(fastest))}.")
    if fastest.floor_s is not None:
        parts.append(
            f"Floor: {seconds(fastest.floor_s)}, what bKash’s two calls and the three writes that"
            " keep a payment from being charged twice take by themselves."
        )
    return " ".join(parts)


def _coverage(hero: VariantAnalysis) -> str:
    if hero.comparison is None:
        return ""
    changes = hero.comparison.changes[Statistic.P50]
    if changes.relative_interval is None:
        return (
            f"No interval: {hero.comparison.n} payments in common are too few to say how sure this"
            " is."
        )
    return (
        f"The interval covers chance among shoppers: {hero.comparison.n:,} payments, each compared"
        " with the same shopper’s payment in the other variant. It does not cover whether the"
        " profile is right: bKash publishes no response times, so they are assumed."
    )
