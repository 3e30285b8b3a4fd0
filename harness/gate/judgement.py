"""The judgement: every limit held against every variant that it is for, and what follows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from harness.gate.check import Check, Outcome
from harness.gate.examination import examine
from harness.gate.figures import VariantFigures
from harness.gate.gate import Gate
from harness.gate.limit import Ceiling, Limit
from harness.gate.metric import COUNTS, EACH_STAGE, TIMES, CountMetric
from harness.stats import RunWarning, WarningKind

__all__ = ["Conclusion", "Judgement", "judge"]


class Conclusion(StrEnum):
    """Name what a gate says in the end; of several, the first in this order is said.

    Wrong money outweighs all else. Figures of an invalid run prove nothing, not even that a limit
    was useless. A limit that judged nothing must be mended before the others are read. That a
    change made something slower says more than that it is too slow.
    """

    WRONG = "wrong result"
    INVALID = "invalid run"
    UNUSABLE = "unusable limit"
    REGRESSED = "regression"
    EXCEEDED = "limit exceeded"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Hold all that a gate found out.

    Attributes:
        checks: one per variant and limit, in the order of limits; each once, though two limits
            ask for it.
        violations: sentences about audits that found wrong money.
        invalid: sentences that say why the run's numbers must not be believed.
        objections: sentences about limits that judged nothing.
        notes: sentences that a reader should know.
    """

    checks: tuple[Check, ...]
    violations: tuple[str, ...] = ()
    invalid: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def conclusion(self) -> Conclusion:
        """What it comes to."""
        outcomes = {check.outcome for check in self.checks}
        found = {
            Conclusion.WRONG: self.violations,
            Conclusion.INVALID: self.invalid,
            Conclusion.UNUSABLE: self.objections,
            Conclusion.REGRESSED: Outcome.REGRESSED in outcomes,
            Conclusion.EXCEEDED: Outcome.EXCEEDED in outcomes,
        }
        return next((word for word, there in found.items() if there), Conclusion.PASSED)

    def having(self, *outcomes: Outcome) -> list[Check]:
        """Return the checks that ended so."""
        return [check for check in self.checks if check.outcome in outcomes]


def judge(
    gate: Gate, figures: Mapping[str, VariantFigures], *, warnings: Sequence[RunWarning] = ()
) -> Judgement:
    """Hold a run's figures against a gate.

    Args:
        gate: opened with the run's manifest.
        figures: by variant; with intervals if the gate is not exact.
        warnings: about the run, as `harness.stats` words them.
    """
    checks = examine(gate, figures)
    bad = [warning for warning in warnings if warning.kind.invalidates]
    return Judgement(
        checks=tuple({(check.variant, check.name): check for check in checks}.values()),
        violations=tuple(w.sentence for w in bad if w.kind is WarningKind.AUDIT_VIOLATED),
        invalid=tuple(
            w.sentence
            for w in bad
            if w.kind is not WarningKind.AUDIT_VIOLATED and not _is_forgiven(gate, w)
        ),
        objections=tuple(_objections(gate, figures, checks)),
        notes=(*_notes(gate, figures, bad), *_between_stages(checks)),
    )


def _is_forgiven(gate: Gate, warning: RunWarning) -> bool:
    """A limit on errors says how many payments may fail: then the limit decides."""
    return warning.kind is WarningKind.ERRORS and all(
        gate.forgives_errors(variant) for variant in warning.variants
    )


def _objections(
    gate: Gate, figures: Mapping[str, VariantFigures], checks: Sequence[Check]
) -> Iterator[str]:
    for limit in gate.limits:
        mine = [check for check in checks if check.limit == limit]
        if not all(check.outcome is Outcome.SKIPPED for check in mine):
            yield from _never_exceeded(limit, [figures[check.variant] for check in mine])
        elif not (limit.ready and limit.metric == EACH_STAGE):
            # A backend that sends no stages is still judged by its payment time.
            reasons = dict.fromkeys(f"{check.variant} {check.remark}" for check in mine)
            told = "; ".join(reasons) or "no variant has a stage"
            yield f"{limit.place}: it names nothing that this run has: {told}"


def _never_exceeded(limit: Limit, judged: Sequence[VariantFigures]) -> Iterator[str]:
    if limit.metric != CountMetric.ERRORS or not isinstance(limit.condition, Ceiling):
        return
    most = max(mine.payments + round(mine.counts[CountMetric.ERRORS]) for mine in judged)
    if limit.condition.allows(most):
        yield f"{limit.place}: it can never be exceeded: the run has {most} payments"


def _notes(
    gate: Gate, figures: Mapping[str, VariantFigures], bad: Sequence[RunWarning]
) -> Iterator[str]:
    for warning in bad:
        if _is_forgiven(gate, warning):
            yield f"{warning.sentence} A limit on errors says how many are allowed."
    if gate.baseline is None:
        return
    theirs = gate.baseline.variants
    left = [name for name in theirs if name not in figures]
    if left:
        yield f"The baseline also has {', '.join(left)}; they were not run."
    same = [
        name
        for name, mine in figures.items()
        if name in theirs and mine.digest and mine.digest == theirs[name].digest
    ]
    if same:
        yield f"Every sample is the same as the baseline's, to the nanosecond: {', '.join(same)}."


def _between_stages(checks: Sequence[Check]) -> Iterator[str]:
    """Say of which variants a growth was found that lies in none of their stages."""
    slower: dict[str, set[bool]] = {}
    for check in checks:
        if check.outcome is Outcome.REGRESSED and check.metric not in COUNTS:
            slower.setdefault(check.variant, set()).add(check.metric in TIMES)
    judged = {check.variant for check in checks if check.limit.metric == EACH_STAGE}
    hidden = [name for name, kinds in slower.items() if kinds == {True} and name in judged]
    if hidden:
        yield (
            f"No stage of {', '.join(hidden)} is slower: what was added lies between the stages,"
            " where nothing is timed."
        )
