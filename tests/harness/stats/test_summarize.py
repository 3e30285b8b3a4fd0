"""The run in figures."""

import numpy as np
import pandas as pd
import pytest

from harness.rundata import AuditVerdict, Costs
from harness.stats import (
    PaymentTable,
    WarningKind,
    audit_verdicts,
    calls_per_payment,
    summarize,
)
from harness.stats.summarize import summarize_variant

S = 1_000_000_000


def _table() -> PaymentTable:
    """Return two variants: v with three payments (one warm-up, one failed), w with none."""
    payments = pd.DataFrame(
        {
            "variant": pd.Categorical(["v", "v", "v", "v"], categories=["v", "w"]),
            "warmup": [True, False, False, False],
            "outcome": pd.Categorical(["ok", "ok", "timeout", "ok"]),
            "make_payment_ns": [8 * S, S, 4 * S, 2 * S],
            "callback_ns": [S, S, S, 2 * S],
            "total_ns": [9 * S, 2 * S, 5 * S, 4 * S],
            "has_model": [True, True, True, False],
            "overhead_ns": [S, S // 100, S, S],
        }
    )
    stages = pd.DataFrame(
        {
            "payment": [0, 1, 1, 3],
            "stage": pd.Categorical(["token_grant", "create", "create", "token_grant"]),
            "full_ns": np.array([S, S, S, 3 * S]),
        }
    )
    return PaymentTable(payments, stages, ("create", "token_grant"))


def _costs(started: int = 4) -> Costs:
    calls = {
        "token_grant": 5,
        "token_refresh": 2,
        "create_payment": 4,
        "execute_payment": 3,
        "query_payment": 1,
        "search_transaction": 8,
    }
    return Costs(calls, started, None, None, None, None, None, None, 60.0)


def test_only_successful_payments_after_the_warmup_are_in_the_quantiles() -> None:
    """2 s and 4 s; the failure is counted apart."""
    figures = summarize_variant(_table(), "v", costs=_costs())
    assert figures.payment_time_s.n == 2
    assert figures.payment_time_s.p50 == 3.0
    assert figures.payment_time_s.max == 4.0
    assert figures.payment_time_s.p99 is None
    assert {name: q.max for name, q in figures.requests.items()} == {
        "make_payment": 2.0,
        "callback": 2.0,
    }
    assert figures.errors == 1


def test_the_two_requests_are_described_apart() -> None:
    """The guide's criterion is about make-payment alone."""
    requests = summarize_variant(_table(), "v", costs=_costs()).requests
    assert requests["make_payment"].p50 == 1.5
    assert requests["callback"].p50 == 1.5


def test_overhead_is_of_those_that_know_their_modelled_waits() -> None:
    """One payment of 10 ms; the other said nothing of waits."""
    overhead = summarize_variant(_table(), "v", costs=_costs()).overhead_ms
    assert overhead.p50 == overhead.p95 == pytest.approx(10.0)


def test_stages_are_described_over_the_payments_that_had_them() -> None:
    """Twice in a payment is summed, absent is not zero, warm-up is not in."""
    stages = summarize_variant(_table(), "v", costs=_costs()).stages
    assert (stages["create"].n, stages["create"].p50) == (1, 2.0)
    assert (stages["token_grant"].n, stages["token_grant"].p50) == (1, 3.0)


def test_calls_are_counted_as_documented() -> None:
    """Create, execute, query per payment; grant and refresh are token calls; search is neither."""
    figures = summarize_variant(_table(), "v", costs=_costs())
    assert figures.gateway_calls_per_payment == 2.0
    assert figures.token_grants == 7
    assert calls_per_payment(_costs(started=0)) is None


def test_without_costs_token_calls_come_from_stages() -> None:
    """Whatever payments saw of them, warm-up included as in the costs."""
    figures = summarize_variant(_table(), "v", costs=None)
    assert figures.gateway_calls_per_payment is None
    assert figures.token_grants == 2


def test_a_variant_without_payments_has_no_figures() -> None:
    """Null, not zero."""
    figures = summarize_variant(_table(), "w", costs=None)
    assert figures.payment_time_s.n == 0
    assert figures.payment_time_s.p50 is None
    assert figures.overhead_ms.p50 is None
    assert figures.stages == {}
    assert figures.token_grants is None
    assert figures.errors == 0


def test_summary_holds_every_variant_in_order() -> None:
    """As the manifest has them, with warnings as sentences."""
    summary = summarize(
        _table(),
        variants=["w", "v"],
        costs={"v": _costs()},
        ledger={"v": {"ok": True, "payments": 4, "violations": []}},
        warnings=[WarningKind.NO_AUDIT.about("w")],
        report="report.html",
    )
    assert list(summary.variants) == ["w", "v"]
    assert summary.schema_version == 1
    assert summary.audit == {"v": AuditVerdict(ok=True, payments=4)}
    assert summary.warnings[0].startswith("w: no ledger audit")
    assert summary.report == "report.html"


def test_an_audit_that_cannot_be_read_did_not_pass() -> None:
    """Unknown is not ok."""
    verdict = audit_verdicts({"v": {"ok": "perhaps"}})["v"]
    assert not verdict.ok
    assert "cannot be read" in verdict.violations[0]["message"]


def test_an_audit_keeps_its_violations() -> None:
    """As the gateway returned them, with what else it said left aside."""
    violation = {"invariant": "a", "payment_id": "TR1", "ref": None, "message": "captured twice"}
    ledger = {"v": {"ok": False, "payments": 2, "captures": 3, "violations": [violation]}}
    assert audit_verdicts(ledger)["v"] == AuditVerdict(False, 2, [violation])
