"""A judgement in Markdown, for a job's summary page: what failed first, then the rest."""

import re
from collections.abc import Iterator, Sequence

from harness.gate.check import Check, Outcome
from harness.gate.judgement import Conclusion, Judgement
from harness.rundata import Manifest

__all__ = ["markdown_summary"]

_HEADLINES = {
    Conclusion.PASSED: "✅ Gate passed",
    Conclusion.EXCEEDED: "❌ Limit exceeded",
    Conclusion.REGRESSED: "❌ Slower than the baseline",
    Conclusion.UNUSABLE: "⚠️ A limit judges nothing",
    Conclusion.INVALID: "⚠️ Invalid run: its numbers must not be believed",
    Conclusion.WRONG: "❌ Wrong money",
}
_COLUMNS = ("variant", "figure", "now", "baseline", "change", "allowed", "outcome")
_ALIGNMENT = ("---", "---", "---:", "---:", "---:", "---:", "---")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&])")


def markdown_summary(judgement: Judgement, manifest: Manifest) -> str:
    """Return the summary, ending in a newline."""
    return "\n".join(_lines(judgement, manifest)) + "\n"


def _lines(judgement: Judgement, manifest: Manifest) -> Iterator[str]:
    failed = judgement.having(Outcome.REGRESSED, Outcome.EXCEEDED)
    others = judgement.having(Outcome.PASSED, Outcome.SKIPPED)
    yield f"## {_HEADLINES[judgement.conclusion]}"
    yield ""
    yield f"{_run(manifest)} {_count(len(judgement.checks), len(failed))}"
    yield ""
    reasons = (*judgement.violations, *judgement.invalid, *judgement.objections)
    yield from _list("**", reasons)
    yield from _table(failed)
    yield from _list("", judgement.notes)
    if others:
        yield "<details>"
        yield f"<summary>{len(others)} that did not fail</summary>"
        yield ""
        yield from _table(others)
        yield "</details>"


def _run(manifest: Manifest) -> str:
    configuration = manifest.configuration
    return (
        f"Run {_escape(manifest.name)}, {manifest.clock} clock, profile"
        f" {_escape(configuration.profile)}, seed {configuration.seed}."
    )


def _count(checks: int, failed: int) -> str:
    return f"{failed} of {checks} checks failed."


def _list(emphasis: str, sentences: Sequence[str]) -> Iterator[str]:
    for sentence in sentences:
        yield f"- {emphasis}{_escape(sentence)}{emphasis}"
    if sentences:
        yield ""


def _table(checks: Sequence[Check]) -> Iterator[str]:
    if not checks:
        return
    yield f"| {' | '.join(_COLUMNS)} |"
    yield f"| {' | '.join(_ALIGNMENT)} |"
    for check in checks:
        yield f"| {' | '.join(_escape(cell) for cell in _cells(check))} |"
    yield ""


def _cells(check: Check) -> tuple[str, ...]:
    said = "; ".join(filter(None, (check.outcome, check.remark, check.limit.why)))
    return (
        check.variant,
        check.figure,
        check.show(check.value),
        check.show(check.baseline),
        _change(check),
        str(check.limit.condition),
        said,
    )


def _change(check: Check) -> str:
    if check.growth is None:
        return "new" if check.outcome is Outcome.REGRESSED else "–"
    sign = "+" if check.growth > 0 else "−" if check.growth < 0 else "±"
    return f"{sign}{check.show(abs(check.growth))}"


def _escape(text: str) -> str:
    """Keep names from becoming markup or breaking a row; they come from files and backends."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
