"""A probe for the terminal: the verdict, and each finding with its evidence, cost and remedy."""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.rundata import CheckState, ProbeFigures, ProbeRecord
from reports.probe.headline import make_probe_headline
from reports.units import seconds

__all__ = ["Line", "probe_lines"]


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
        yield Line(f"✗ {finding.title} [{finding.mistake}]", "red")
        yield Line(f"  {' '.join(finding.evidence)}")
        yield Line(f"  Cost: {finding.cost}")
        yield Line(f"  Remedy: {finding.remedy}")
    for check in record.checks:
        if check.state is CheckState.NOT_CHECKED and record.probed:
            yield Line(f"– Not checked: {check.looked_for.lower()}. {check.reason}")
    for note in record.notes:
        yield Line(f"Note: {note}")


def _parts(figures: ProbeFigures) -> str:
    parts = (
        ("own time", figures.before_create_s),
        ("create", figures.create_s),
        ("own time", figures.after_create_s),
        ("own time", figures.before_execute_s),
        ("execute", figures.execute_s),
        ("own time", figures.after_execute_s),
        ("tokens", figures.token_s or None),
        ("queries", figures.query_s or None),
    )
    told = [f"{name} {seconds(value)}" for name, value in parts if value is not None]
    return f"Medians: {' · '.join(told)}"
