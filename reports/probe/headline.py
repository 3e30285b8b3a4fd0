"""What a probe's reader must know in ten seconds."""

from dataclasses import dataclass

from harness.rundata import ProbeRecord
from reports.units import seconds

__all__ = ["ProbeHeadline", "make_probe_headline"]


_NUMBERS = ("none", "one", "two", "three", "four", "five")


@dataclass(frozen=True, slots=True)
class ProbeHeadline:
    """Hold the top of the page.

    Attributes:
        now: median payment time as text, "" where nothing was measured.
        then: the same without what every payment pays for the findings, "" where that is nothing.
        verdict: the sentence that matters.
        aside: on what condition it holds.
    """

    now: str
    then: str
    verdict: str
    aside: str


def make_probe_headline(record: ProbeRecord) -> ProbeHeadline:
    """Return what stands at the top."""
    figures = record.figures
    if not record.probed or figures is None or figures.payment_s is None:
        first = record.findings[0] if record.findings else None
        verdict = "The shop could not be probed." if first is None else first.title
        return ProbeHeadline("", "", verdict, "" if first is None else " ".join(first.evidence))
    saved_s = sum(f.cost_s or 0.0 for f in record.findings if f.every_payment)
    left_s = figures.payment_s - saved_s
    then = seconds(left_s) if saved_s > 0.01 * figures.payment_s and left_s > 0 else ""
    return ProbeHeadline(
        now=seconds(figures.payment_s),
        then=then,
        verdict=_verdict(record, then, saved_s),
        aside=f"Median of {figures.payments} payments, one after the other, if bKash is as slow as"
        f" profile “{record.profile}”: bKash publishes no response times, so they are assumed."
        " The shop’s own time is measured.",
    )


def _verdict(record: ProbeRecord, then: str, saved_s: float) -> str:
    found, unseen = len(record.findings), sum(c.state == "not_checked" for c in record.checks)
    rest = f" {unseen} of {len(record.checks)} could not be looked for." if unseen else ""
    if not found:
        return f"Nothing found among {len(record.checks) - unseen} mistakes.{rest}"
    noun = "mistake" if found == 1 else "mistakes"
    if not then:
        return f"{found} {noun} found; none that every payment pays for in seconds.{rest}"
    return f"{found} {noun} found{_payers(record)} every payment {seconds(saved_s)}.{rest}"


def _payers(record: ProbeRecord) -> str:
    """Return which of the findings cost what is said next: not all of them cost seconds."""
    costly = sum(bool(f.cost_s) and f.every_payment for f in record.findings)
    if costly == len(record.findings):
        return ", which costs" if costly == 1 else ", which cost"
    number = _NUMBERS[costly] if costly < len(_NUMBERS) else str(costly)
    return f"; {number} of them {'costs' if costly == 1 else 'cost'}"
