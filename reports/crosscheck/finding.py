"""What a cross-check found, in sentences: the verdict first."""

from harness.rundata.crosscheck import CrosscheckRecord, StageRecord
from reports.units import NONE, count, digits, milliseconds

__all__ = ["agreed", "crosscheck_lines", "judged", "outside", "shift_s", "wholes"]

PAYMENT = "payment"
"""What stands in place of a stage's name for the whole payment."""


def judged(record: CrosscheckRecord) -> list[StageRecord]:
    """Return what had enough durations to be judged."""
    return [stage for stage in record.stages if stage.verdict != "too_few"]


def outside(record: CrosscheckRecord) -> list[StageRecord]:
    """Return what lies outside its prediction, the farthest first."""
    found = [stage for stage in record.stages if stage.verdict == "outside"]
    return sorted(found, key=_distance_s, reverse=True)


def wholes(record: CrosscheckRecord) -> list[StageRecord]:
    """Return the whole payments, by variant in the record's order."""
    by_variant = {stage.variant: stage for stage in record.stages if stage.stage == PAYMENT}
    return [by_variant[name] for name in record.variants if name in by_variant]


def agreed(record: CrosscheckRecord) -> bool:
    """Tell whether something was judged and nothing lies outside."""
    return bool(judged(record)) and not outside(record)


def shift_s(stage: StageRecord, statistic: str) -> float | None:
    """Return real minus virtual of `p50_s` or `p95_s`."""
    real: float | None = getattr(stage, f"real_{statistic}")
    virtual: float | None = getattr(stage, f"virtual_{statistic}")
    return None if real is None or virtual is None else real - virtual


def crosscheck_lines(record: CrosscheckRecord) -> list[str]:
    """Return the verdict, then what follows from it, a line each."""
    looked_at, beyond = judged(record), outside(record)
    if not looked_at:
        return [
            f"Nothing could be judged: no stage was seen often enough in {record.duration_s:g} s."
            " Raise --duration or --rate."
        ]
    if not beyond:
        lines = [
            f"Both clocks agree: of all {count(len(looked_at))} stages, what the real clock adds"
            " lies where separate runs predicted it."
        ]
    else:
        lines = [
            f"The clocks disagree in {count(len(beyond))} of {count(len(looked_at))} stages,"
            f" most in {_named(beyond[0])}.",
            "A machine that was busier in one run than in another does that: run it again on a"
            " quiet one before you look for another cause.",
        ]
    added = [s for stage in wholes(record) if (s := shift_s(stage, "p50_s")) is not None]
    if added:
        lines.append(
            f"A whole payment takes {milliseconds(min(added))} to {milliseconds(max(added))} ms"
            " more on the real clock in the median: code, sockets and waking up, which virtual time"
            " cannot see."
        )
    few = len(record.stages) - len(looked_at)
    if few:
        lines.append(
            f"{count(few)} rows had fewer than 30 durations on a clock or in the predictions and"
            " were not judged."
        )
    return lines


def _named(stage: StageRecord) -> str:
    p50, p95 = shift_s(stage, "p50_s"), shift_s(stage, "p95_s")
    return (
        f"{stage.stage} of {stage.variant}: {_signed(p50)} ms in the median and {_signed(p95)} ms"
        f" in p95, where {milliseconds(stage.most_s)} ms were predicted at most"
    )


def _signed(value_s: float | None) -> str:
    return NONE if value_s is None else digits(value_s * 1e3, signed=True)


def _distance_s(stage: StageRecord) -> float:
    if stage.most_s is None:
        return 0.0
    shifts = [s for s in (shift_s(stage, "p50_s"), shift_s(stage, "p95_s")) if s is not None]
    return max((max(-s, s - stage.most_s) for s in shifts), default=0.0)
