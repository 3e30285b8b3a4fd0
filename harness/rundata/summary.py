"""`summary.json`: a run in figures, for machines; documented in `docs/run-folder.md`."""

from dataclasses import dataclass, field
from typing import Any

__all__ = ["AuditVerdict", "Overhead", "Quantiles", "Summary", "VariantSummary"]


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Describe a set of durations, in seconds at full scale; None where a statistic does not exist.

    p99 exists from 1,000 durations on: below that it rests on fewer than ten.
    """

    n: int
    mean: float | None
    p50: float | None
    p90: float | None
    p95: float | None
    p99: float | None
    max: float | None


@dataclass(frozen=True, slots=True)
class Overhead:
    """Hold quantiles of measured payment time minus its critical path's modelled waits, real ms."""

    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class VariantSummary:
    """Hold the figures of one variant, warm-up excluded.

    Attributes:
        payment_time_s, overhead_ms, stages: of the payments that succeeded.
        gateway_calls_per_payment: create, execute and query calls; None where nobody counted.
        token_grants: token calls, warm-up included; None where nobody counted.
        errors: payments that failed.
        requests: response times of `make_payment` and `callback` of the payments that succeeded.
        digest: SHA-256 of the variant's samples on the virtual clock, hexadecimal; None on the real
            one, where no two runs are equal.
    """

    payment_time_s: Quantiles
    overhead_ms: Overhead
    stages: dict[str, Quantiles]
    gateway_calls_per_payment: float | None
    token_grants: int | None
    errors: int
    requests: dict[str, Quantiles] = field(default_factory=dict)
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """Hold the ledger audit of one variant: `violations` as the gateway's audit returned them."""

    ok: bool
    payments: int
    violations: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Summary:
    """Hold a whole run.

    Attributes:
        schema_version: see `SCHEMA_VERSION`.
        variants: by name.
        audit: by variant name.
        warnings: sentences.
        report: path of the report relative to the run folder.
    """

    schema_version: int
    variants: dict[str, VariantSummary]
    audit: dict[str, AuditVerdict]
    warnings: list[str]
    report: str
