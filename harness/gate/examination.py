"""Hold figures against limits, one check per variant and limit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from harness.gate.amount import DIGITS
from harness.gate.check import Check, Outcome
from harness.gate.difference import difference_interval, family_widening
from harness.gate.figures import Times, VariantFigures
from harness.gate.gate import Gate
from harness.gate.limit import Ceiling, Growth, Limit
from harness.gate.metric import COUNTS, EACH_STAGE, TIMES
from harness.stats import CONFIDENCE, MIN_N, P99_MIN_N, Interval

__all__ = ["examine"]


@dataclass(frozen=True, slots=True)
class _Case:
    """One check to be made: a limit, a variant that it is for, and the metric meant."""

    limit: Limit
    variant: str
    metric: str
    mine: VariantFigures


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of a variant; `value` is None where it does not exist, `lack` then says why."""

    value: float | None
    interval: Interval | None = None
    lack: str = ""


def examine(gate: Gate, figures: Mapping[str, VariantFigures]) -> tuple[Check, ...]:
    """Return all checks, in the order of limits and, within one, of variants."""
    cases = [case for limit in gate.limits for case in _cases(limit, figures)]
    widening = 1.0
    if not gate.exact:
        uncertain = sum(case.limit.is_relative and case.metric not in COUNTS for case in cases)
        widening = family_widening(max(uncertain, 1), confidence=CONFIDENCE)
    return tuple(_check(case, gate, widening) for case in cases)


def _cases(limit: Limit, figures: Mapping[str, VariantFigures]) -> Iterator[_Case]:
    for variant, mine in figures.items():
        if limit.variants and variant not in limit.variants:
            continue
        metrics = sorted(mine.stages) if limit.metric == EACH_STAGE else [limit.metric]
        for metric in metrics:
            yield _Case(limit, variant, metric, mine)


def _check(case: _Case, gate: Gate, widening: float) -> Check:
    figure = _find(case.mine, case.metric, case.limit.statistic)
    if figure.value is None:
        return _skip(case, figure.lack)
    if isinstance(case.limit.condition, Ceiling):
        return _below_ceiling(case, figure.value, case.limit.condition)
    assert gate.baseline is not None, "a relative limit without a baseline was refused"
    theirs = gate.baseline.variants[case.variant]
    base = _find(theirs, case.metric, case.limit.statistic)
    if base.value is not None:
        return _grown(case, figure, base, case.limit.condition, gate, widening)
    if _is_new_stage(case, theirs):
        nothing = _Figure(0.0, Interval(0.0, 0.0))
        return _grown(case, figure, nothing, case.limit.condition, gate, widening, is_new=True)
    return _skip(case, f"in the baseline {base.lack}")


def _find(figures: VariantFigures, metric: str, statistic: str | None) -> _Figure:
    if statistic is None:
        return _Figure(figures.counts.get(metric), lack="was not counted")
    times = figures.find(metric)
    if times is None:
        return _Figure(None, lack=f"has no {metric}")
    value = times.values.get(statistic)
    return _Figure(value, times.intervals.get(statistic), _lack(times, metric, statistic))


def _lack(times: Times, metric: str, statistic: str) -> str:
    if statistic == "p99":
        return f"has {times.n} {metric}, and p99 exists from {P99_MIN_N} on"
    return f"has no {statistic} of {metric}"


def _is_new_stage(case: _Case, theirs: VariantFigures) -> bool:
    """Tell whether the variant has a stage that it did not have: that is all growth.

    Of the times that are no stages every run has some; an older baseline may not know them.
    """
    is_stage = case.metric not in COUNTS and case.metric not in TIMES
    return is_stage and case.metric not in theirs.stages


def _skip(case: _Case, remark: str) -> Check:
    return Check(case.limit, case.variant, case.metric, Outcome.SKIPPED, remark=remark)


def _below_ceiling(case: _Case, value: float, ceiling: Ceiling) -> Check:
    outcome = Outcome.PASSED if ceiling.allows(value) else Outcome.EXCEEDED
    return Check(
        case.limit, case.variant, case.metric, outcome, value=value, allowed=ceiling.amount.value
    )


def _grown(
    case: _Case,
    figure: _Figure,
    base: _Figure,
    growth: Growth,
    gate: Gate,
    widening: float,
    *,
    is_new: bool = False,
) -> Check:
    assert figure.value is not None, "looked up before"
    assert base.value is not None, "looked up before"
    room = growth.room(base.value)
    least, remark = figure.value - base.value, ""
    if not gate.exact and case.metric not in COUNTS:
        if figure.interval is None or base.interval is None:
            return _skip(case, f"has fewer than {MIN_N} {case.metric}, too few for an interval")
        change = difference_interval(
            figure.value,
            figure.interval,
            baseline=base.value,
            baseline_interval=base.interval,
            widening=widening,
        )
        if least > room >= change.low:
            remark = "more than allowed, but within what chance explains"
        least = change.low
    grew = round(least, DIGITS) > round(room, DIGITS)
    return Check(
        case.limit,
        case.variant,
        case.metric,
        Outcome.REGRESSED if grew else Outcome.PASSED,
        value=figure.value,
        baseline=None if is_new else base.value,
        allowed=base.value + room,
        remark=remark,
    )
