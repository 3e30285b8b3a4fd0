"""A probe for the terminal: the verdict, and each finding with its evidence, cost and remedy."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.rundata import CheckState, ProbeFigures, ProbeRecord
from reports.probe.headline import make_probe_headline

__all__ = ["GUIDE", "Line", "probe_lines"]

GUIDE = (
    "“The guide” is the performance guide for bKash checkouts on Next.js whose optimizations"
    " bkash-bench measures; its steps have the numbers that it gives them."
)


@dataclass(frozen=True, slots=True)
class Line:
    """Hold a line; `style` is a word of rich's."""

    text: str
    style: str = ""


def probe_lines(record: ProbeRecord) -> Iterator[Line]:
    """Yield what a terminal shows of a probe."""
    headline = make_probe_headline(record)
    if record.figures is not None and headline.now:
        yield Line(f"{headline.now} a payment. {headline.verdict}", "bold")
        yield Line(_parts(record.figures))
    else:
        yield Line(headline.verdict, "bold red")
    for finding in record.findings:
        mark, style = ("○", "yellow") if finding.lesser else ("✗", "red")
        yield Line(f"{mark} {finding.title} [{finding.mistake}]", style)
        yield Line(f"  {' '.join(finding.evidence)}")
        yield Line(f"  Cost: {finding.cost}")
        yield Line(f"  Remedy: {finding.remedy}")
    if any("the guide" in f"{f.cost} {f.remedy}" for f in record.findings):
        yield Line(GUIDE)
    for check in record.checks:
        if check.state is CheckState.NOT_CHECKED and record.probed:
            yield Line(f"– Not checked: {_within(check.looked_for)}. {check.reason}")
    for note in record.notes:
        yield Line(f"Note: {note}")


def _within(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _parts(figures: ProbeFigures) -> str:
    medians = (
        ("before create", figures.before_create_s),
        ("create", figures.create_s),
        ("after create", figures.after_create_s),
        ("before execute", figures.before_execute_s),
        ("execute", figures.execute_s),
        ("after execute", figures.after_execute_s),
    )
    means = (("tokens", figures.token_s or None), ("queries", figures.query_s or None))
    mean = _told(means)
    return (
        f"Medians: {_told(medians)}. Before and after is the shop's own time."
        f"{f' Means: {mean}.' if mean else ''}"
    )


def _told(parts: Iterable[tuple[str, float | None]]) -> str:
    # All with as many decimals, so that they can be held against each other.
    return " · ".join(f"{name} {value:.2f} s" for name, value in parts if value is not None)
