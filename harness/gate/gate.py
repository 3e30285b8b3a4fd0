"""The gate: limits and a baseline that were found usable, before anything is run.

Every mistake that can be seen in the limits, the baseline and the plan is told before a minute was
spent on running; what only the figures can tell is told in the `Judgement`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from harness.errors import ConfigurationError
from harness.gate.baseline import Baseline
from harness.gate.grammar import parse_limit
from harness.gate.identity import identify
from harness.gate.limit import Ceiling, Limit
from harness.gate.metric import COUNTS, CountMetric, known_metrics
from harness.gate.prospect import FOREIGN_KIND, PLAN_SLACK, never_has, planned_payments
from harness.gate.ready import DEFAULT
from harness.rundata import Manifest
from harness.stats import P99_MIN_N, Statistic

__all__ = ["Gate", "open_gate"]


@dataclass(frozen=True, slots=True)
class Gate:
    """Hold what a run will be judged by.

    Attributes:
        limits: each once, in the order in which they were written.
        baseline: what relative limits refer to; None where there are none.
        exact: whether figures carry no chance: the virtual clock.
    """

    limits: tuple[Limit, ...]
    baseline: Baseline | None
    exact: bool

    def forgives_errors(self, variant: str) -> bool:
        """Tell whether a limit says how many payments of `variant` may fail.

        Without one, any failed payment makes a run invalid.
        """
        return any(
            limit.metric == CountMetric.ERRORS and (not limit.variants or variant in limit.variants)
            for limit in self.limits
        )


def open_gate(limits: Sequence[Limit], baseline: Baseline | None, *, plan: Manifest) -> Gate:
    """Return the gate for a run that is planned, or exists.

    Args:
        limits: as `parse_limit` and `read_limits` return them; none with a baseline stands for the
            ready limit `regression`.
        baseline: to compare with, or None.
        plan: manifest of the run.

    Raises:
        ConfigurationError: baseline and run are not comparable, or a limit names nothing that can
            exist, or can never be exceeded.
    """
    if not limits and baseline is None:
        raise ConfigurationError(
            "a gate needs a limit or a baseline: --limit, --limits, --baseline"
        )
    limits = _distinct(limits or parse_limit(DEFAULT, clock=plan.clock))
    _require_use_of_baseline(limits, baseline)
    if baseline is not None:
        _require_comparable(baseline, plan)
    gate = Gate(limits, baseline, exact=plan.clock == "virtual")
    for limit in gate.limits:
        objection = next(_objections(limit, gate, plan), None)
        if objection is not None:
            raise ConfigurationError(f"{limit.place}: {objection}")
    return gate


def _distinct(limits: Sequence[Limit]) -> tuple[Limit, ...]:
    """Drop a limit that says the same as one before it, wherever the two were written."""
    seen: dict[str, Limit] = {}
    for limit in limits:
        seen.setdefault(str(limit), limit)
    return tuple(seen.values())


def _require_use_of_baseline(limits: Sequence[Limit], baseline: Baseline | None) -> None:
    relative = next((limit for limit in limits if limit.is_relative), None)
    if baseline is None and relative is not None:
        raise ConfigurationError(
            f"{relative.place}: it compares with a baseline, and there is none; name one with"
            " --baseline RUN|FILE"
        )
    if baseline is not None and relative is None:
        raise ConfigurationError(
            f"no limit refers to the baseline {baseline.origin}; add --limit {DEFAULT}, or leave"
            " --baseline out"
        )


def _require_comparable(baseline: Baseline, plan: Manifest) -> None:
    differences = identify(plan).differences(baseline.identity)
    if differences:
        raise ConfigurationError(
            f"baseline {baseline.origin} cannot be compared with this run: {'; '.join(differences)}"
            ". Run with the baseline's settings, or renew it: bkash-bench baseline RUN -o FILE"
        )


def _objections(limit: Limit, gate: Gate, plan: Manifest) -> Iterator[str]:
    names = [record.name for record in plan.variants]
    unknown = next((name for name in limit.variants if name not in names), None)
    if unknown is not None:
        yield f"there is no variant {unknown!r} in this run; there are {', '.join(names)}"
    yield from _unknown_metric(limit, gate, plan)
    if limit.is_relative:
        yield from _relative(limit, gate, limit.variants or tuple(names))
    yield from _never_exceeded(limit, gate, planned_payments(plan))
    yield from _absent_stage(limit, plan)


def _never_exceeded(limit: Limit, gate: Gate, planned: float) -> Iterator[str]:
    if limit.statistic == "p99" and planned < P99_MIN_N * PLAN_SLACK:
        yield (
            f"it can never be exceeded: p99 exists from {P99_MIN_N} payments on, and this run has"
            f" about {planned:.0f}; ask for more payments, or limit p95"
        )
    if limit.metric == CountMetric.ERRORS and isinstance(limit.condition, Ceiling):
        most = planned if gate.exact else planned / PLAN_SLACK
        if limit.condition.allows(round(most)):
            about = "" if gate.exact else "about "
            yield f"it can never be exceeded: the run has {about}{planned:.0f} payments"


def _absent_stage(limit: Limit, plan: Manifest) -> Iterator[str]:
    meant = [v for v in plan.variants if not limit.variants or v.name in limit.variants]
    if meant and all(never_has(variant, limit.metric) for variant in meant):
        names = ", ".join(variant.name for variant in meant)
        yield f"it names nothing that this run can have: no payment of {names} has {limit.metric}"


def _unknown_metric(limit: Limit, gate: Gate, plan: Manifest) -> Iterator[str]:
    known = {*known_metrics()}
    for figures in gate.baseline.variants.values() if gate.baseline else ():
        known |= set(figures.stages)
    foreign = any(record.kind == FOREIGN_KIND for record in plan.variants)
    if limit.metric not in known and not foreign:
        close = get_close_matches(limit.metric, known, n=1)
        hint = f" (did you mean {close[0]}?)" if close else ""
        yield (
            f"there is no metric or stage {limit.metric!r}{hint}; there are"
            f" {', '.join(sorted(known))}"
        )


def _relative(limit: Limit, gate: Gate, variants: Sequence[str]) -> Iterator[str]:
    assert gate.baseline is not None, "a relative limit without a baseline was refused"
    there = gate.baseline.variants
    absent = next((name for name in variants if name not in there), None)
    if absent is not None:
        yield (
            f"the baseline {gate.baseline.origin} has no variant {absent!r}; it has"
            f" {', '.join(there)}. Renew it, or name the variants that the limit is for"
        )
    if not gate.exact and limit.metric not in COUNTS and limit.statistic not in [*Statistic]:
        yield (
            f"on the real clock {limit.statistic} has no interval, so no growth of it can be told"
            f" from chance; there are {', '.join(Statistic)}. Use --clock virtual for exact figures"
        )
