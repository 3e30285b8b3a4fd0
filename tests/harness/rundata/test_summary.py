"""Laws of `summary.json`."""

import msgspec

from harness.rundata import (
    SCHEMA_VERSION,
    AuditVerdict,
    Overhead,
    Quantiles,
    Summary,
    VariantSummary,
)

QUANTILES = Quantiles(n=10, mean=1.0, p50=1.0, p90=1.5, p95=1.6, p99=None, max=2.0)
SUMMARY = Summary(
    schema_version=SCHEMA_VERSION,
    variants={
        "cached": VariantSummary(
            payment_time_s=QUANTILES,
            overhead_ms=Overhead(p50=10.0, p95=None),
            stages={"create_payment": QUANTILES},
            gateway_calls_per_payment=2.0,
            token_grants=3,
            errors=0,
            requests={"make_payment": QUANTILES, "callback": QUANTILES},
        )
    },
    audit={"cached": AuditVerdict(ok=True, payments=10)},
    warnings=["a sentence"],
    report="report.html",
)


def test_summary_has_the_documented_keys():
    """Scripts that read the file find what the documentation names, and nulls for what is not."""
    document = msgspec.to_builtins(SUMMARY)
    assert list(document) == ["schema_version", "variants", "audit", "warnings", "report"]
    assert document["variants"]["cached"] == {
        "payment_time_s": {
            "n": 10, "mean": 1.0, "p50": 1.0, "p90": 1.5, "p95": 1.6, "p99": None, "max": 2.0
        },
        "overhead_ms": {"p50": 10.0, "p95": None},
        "stages": {"create_payment": document["variants"]["cached"]["payment_time_s"]},
        "gateway_calls_per_payment": 2.0,
        "token_grants": 3,
        "errors": 0,
        "requests": dict.fromkeys(("make_payment", "callback"), msgspec.to_builtins(QUANTILES)),
        "digest": None,
    }  # fmt: skip
    assert document["audit"] == {"cached": {"ok": True, "payments": 10, "violations": []}}


def test_summary_survives_json():
    """What a gate reads is what the run wrote."""
    assert msgspec.json.decode(msgspec.json.encode(SUMMARY), type=Summary) == SUMMARY
