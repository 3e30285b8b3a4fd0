"""The verdict on one optimization, in sentences that an engineer can act on."""

from collections.abc import Iterator

from harness.rundata import AttributionRecord, Measure
from harness.stages import Stage
from reports.attribution.finding import (
    CLAIMED_S,
    MAIN_TRAFFIC,
    Finding,
    find,
    had_trouble,
    matters,
    share_of,
)
from reports.sections.claim import join_words
from reports.units import plain, seconds

__all__ = ["verdict_on"]

_NEAR = 0.25
"""A share within a quarter of its claim is as claimed: the guide says "~"."""

_OVERLAP = 0.25
"""Who loses so much of its share beside another one saves the same wait."""

_CLAIMED_STAGES = {"token_cache": (Stage.TOKEN_LOOKUP, "token lookups, which the guide speaks of")}
"""Where a claim is about a part of what an optimization does."""

_LEAST_FAILED = 0.05
"""Payments in 100 that must be lost or kept to be worth a sentence: one in 2,000."""


def verdict_on(record: AttributionRecord, flag: str) -> str:
    """Return what is to be thought of an optimization, in a few sentences."""
    found = find(record, flag)
    return " ".join(
        (
            _against_claim(found, CLAIMED_S.get(flag)),
            *_only_in_trouble(found),
            *_split(found, flag),
            *_needs(record, found),
            *_overlaps(record, found),
            *_failures(found),
        )
    )


def _against_claim(found: list[Finding], claimed_s: float | None) -> str:
    words: dict[str, list[str]] = {}
    for finding in found:
        words.setdefault(_word(finding, claimed_s), []).append(finding.traffic.name)
    if len(words) == 1:
        word = next(iter(words))
        everywhere = "any" if word == "nothing" else "all"
        where = found[0].traffic.name if len(found) == 1 else everywhere
        return f"{word[0].upper()}{word[1:]} in {where} traffic."
    parts = [f"{word} in {join_words(tuple(names))}" for word, names in words.items()]
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _word(finding: Finding, claimed_s: float | None) -> str:
    saved_s = finding.share.saved
    if not finding.counts:
        return "nothing"
    if saved_s < 0:
        return "slower"
    if claimed_s is None:
        return "a saving"
    if saved_s > claimed_s * (1 + _NEAR):
        return "more than claimed"
    if saved_s < claimed_s * (1 - _NEAR):
        return "less than claimed"
    return "as claimed"


def _only_in_trouble(found: list[Finding]) -> Iterator[str]:
    calm = [finding for finding in found if not had_trouble(finding.traffic)]
    rough = [finding for finding in found if had_trouble(finding.traffic) and finding.counts]
    if not calm or not rough or any(finding.counts for finding in calm):
        return
    p99 = share_of(rough[0].traffic, Measure.TIME_P99, rough[0].place)
    if p99 is None or not matters(p99) or p99.saved < 0:
        yield "Without trouble it is worth nothing."
        return
    where = rough[0].traffic.name
    yield f"Without trouble it is worth nothing; in {where} it takes {seconds(p99.saved)} off p99."


def _split(found: list[Finding], flag: str) -> Iterator[str]:
    if flag not in _CLAIMED_STAGES:
        return
    stage, words = _CLAIMED_STAGES[flag]
    counting = [finding for finding in found if finding.counts]
    if not counting:
        return
    finding = next((f for f in counting if f.traffic.name == MAIN_TRAFFIC), counting[0])
    part_s = finding.share.stages.get(stage, 0.0)
    rest_s = finding.share.saved - part_s
    if part_s > 0 and rest_s > part_s:
        yield (
            f"In {finding.traffic.name}, {seconds(part_s)} of its {seconds(finding.share.saved)}"
            f" are {words}; {seconds(rest_s)} are tokens that are no longer asked for, which it"
            " does not mention."
        )


def _needs(record: AttributionRecord, found: list[Finding]) -> Iterator[str]:
    idle = [f for f in found if f.counts and f.share.saved > 0 and not f.alone_counts]
    if not idle:
        return
    finding = max(idle, key=lambda f: max(f.interactions_s))
    gain_s = max(finding.interactions_s)
    if gain_s > 0:
        partner = record.optimizations[finding.interactions_s.index(gain_s)]
        yield (
            f"By itself it does nothing: it needs {partner}, beside which alone it saves"
            f" {seconds(_beside(finding, partner))} in {finding.traffic.name}."
        )


def _beside(finding: Finding, partner: str) -> float:
    """Return what an optimization saves of the mean where only its partner is on, seconds."""
    mean_s = {
        frozenset(cell.optimizations): cell.measures[Measure.TIME_MEAN]
        for cell in finding.traffic.cells
    }
    return mean_s[frozenset({partner})] - mean_s[frozenset({partner, finding.share.optimization})]


def _overlaps(record: AttributionRecord, found: list[Finding]) -> Iterator[str]:
    counting = [f for f in found if f.counts and f.share.saved > 0]
    if not counting:
        return
    finding = min(counting, key=lambda f: min(f.interactions_s))
    loss_s = min(finding.interactions_s)
    if -loss_s >= _OVERLAP * finding.share.saved:
        rival = record.optimizations[finding.interactions_s.index(loss_s)]
        yield f"{rival} saves some of the same wait: together they are worth less than apart."


def _failures(found: list[Finding]) -> Iterator[str]:
    for finding in found:
        failed = share_of(finding.traffic, Measure.FAILED, finding.place)
        if failed is None or abs(failed.saved) < _LEAST_FAILED:
            continue
        if failed.low is not None and failed.high is not None and failed.low <= 0 <= failed.high:
            continue
        word = "fewer" if failed.saved > 0 else "more"
        yield (
            f"In {finding.traffic.name}, {plain(abs(failed.saved))} {word} of 100 shoppers fail"
            " with it."
        )
