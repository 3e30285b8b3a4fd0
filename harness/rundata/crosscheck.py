"""`crosscheck.json`: one scenario on both clocks, and what the real one was predicted to add.

Documented in `docs/crosscheck.md`. Times are seconds; a figure that does not exist is null.
"""

from dataclasses import dataclass, field
from typing import Any

from harness.rundata.record_file import RecordFile

__all__ = ["CROSSCHECK", "CrosscheckRecord", "StageRecord", "TimesRecord"]


@dataclass(frozen=True, slots=True)
class StageRecord:
    """Hold one stage of one variant on both clocks.

    Attributes:
        variant: of the shop.
        stage: its name; "payment" for the whole payment.
        verdict: "within" the prediction, "outside", or "too_few" durations to tell.
        real_n, virtual_n: durations on each clock.
        real_p50_s, real_p95_s, virtual_p50_s, virtual_p95_s: quantiles.
        most_s: what the real clock was predicted to add at most.
    """

    variant: str
    stage: str
    verdict: str
    real_n: int
    virtual_n: int
    real_p50_s: float | None
    real_p95_s: float | None
    virtual_p50_s: float | None
    virtual_p95_s: float | None
    most_s: float | None


@dataclass(frozen=True, slots=True)
class TimesRecord:
    """Hold all payment times of one variant on both clocks, ascending, seconds."""

    variant: str
    real_s: tuple[float, ...]
    virtual_s: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CrosscheckRecord:
    """Hold a whole cross-check.

    Attributes:
        schema_version: version of the file; it rises when a number changes its meaning.
        name: of the run.
        created_utc: ISO 8601.
        command: the command line, to run it again.
        seed: of every draw.
        rate_per_s, duration_s, warmup_s: of arrivals.
        token_lifetime_s: life of a token.
        profile: of the latencies.
        waking_s: every wait of the prediction's second run.
        variants: in the order to be shown.
        times: by variant.
        stages: the whole payment first, then stage by stage, by variant.
        audit_ok: whether the ledger audit found nothing in any run.
        troubles: why a real run must not be believed, in sentences.
        wall_s: how long it took.
        versions, git_commit, machine: made with and on what.
    """

    schema_version: int
    name: str
    created_utc: str
    command: tuple[str, ...]
    seed: int
    rate_per_s: float
    duration_s: float
    warmup_s: float
    token_lifetime_s: float
    profile: str
    waking_s: float
    variants: tuple[str, ...]
    times: tuple[TimesRecord, ...]
    stages: tuple[StageRecord, ...]
    audit_ok: bool
    wall_s: float
    versions: dict[str, str]
    git_commit: str | None
    machine: dict[str, Any]
    troubles: tuple[str, ...] = field(default=())

    def of(self, variant: str) -> tuple[StageRecord, ...]:
        """Return what belongs to one variant."""
        return tuple(stage for stage in self.stages if stage.variant == variant)


CROSSCHECK = RecordFile("crosscheck.json", CrosscheckRecord, version=1)
