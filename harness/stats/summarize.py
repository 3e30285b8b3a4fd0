"""A run in figures: what `summary.json` holds, from payment table, costs and audit."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import pandas as pd

from harness.rundata import (
    SCHEMA_VERSION,
    AuditVerdict,
    Costs,
    Overhead,
    Quantiles,
    RequestName,
    Summary,
    VariantSummary,
)
from harness.rundata.sample import OUTCOME_OK
from harness.stages import Stage
from harness.stats.payment_table import TOKEN_WAIT_STAGES, PaymentTable
from harness.stats.quantile import describe, quantile
from harness.stats.token_calls import count_token_calls
from harness.stats.warning import RunWarning

__all__ = ["audit_verdicts", "calls_per_payment", "summarize", "summarize_variant"]

_PAYMENT_CALLS = (Stage.CREATE_PAYMENT, Stage.EXECUTE_PAYMENT, Stage.QUERY_PAYMENT)
_NS_PER_S = 1e9
_NS_PER_MS = 1e6


def summarize(
    table: PaymentTable,
    *,
    variants: Sequence[str],
    costs: Mapping[str, Costs],
    ledger: Mapping[str, Any],
    warnings: Sequence[RunWarning],
    report: str,
) -> Summary:
    """Return the run in figures, in the order of `variants`.

    Args:
        table: all payments of the run.
        variants: their names, as the manifest orders them.
        costs: by variant; variants may be missing.
        ledger: the audits by variant, as the gateway returned them.
        warnings: what a reader has to know.
        report: path of the report relative to the run folder.
    """
    return Summary(
        schema_version=SCHEMA_VERSION,
        variants={name: summarize_variant(table, name, costs=costs.get(name)) for name in variants},
        audit=audit_verdicts(ledger),
        warnings=[warning.sentence for warning in warnings],
        report=report,
    )


def summarize_variant(table: PaymentTable, variant: str, *, costs: Costs | None) -> VariantSummary:
    """Return the figures of one variant: payments that succeeded after the warm-up."""
    mine = (table.payments["variant"] == variant).to_numpy()
    chosen = mine & table.measured()
    payments = table.payments[chosen]
    after = table.payments[mine & ~table.payments["warmup"].to_numpy()]
    return VariantSummary(
        payment_time_s=describe(payments["total_ns"] / _NS_PER_S),
        overhead_ms=_overhead(payments),
        stages=_describe_stages(table, chosen),
        gateway_calls_per_payment=None if costs is None else calls_per_payment(costs),
        token_grants=_token_grants(table, mine, costs),
        errors=int((after["outcome"] != OUTCOME_OK).sum()),
        requests={
            name.value: describe(payments[f"{name.value}_ns"] / _NS_PER_S)
            for name in (RequestName.MAKE_PAYMENT, RequestName.CALLBACK)
        },
    )


def calls_per_payment(costs: Costs) -> float | None:
    """Return create, execute and query calls per payment that the gateway accepted."""
    calls = sum(costs.gateway_calls.get(operation, 0) for operation in _PAYMENT_CALLS)
    return calls / costs.payments_started if costs.payments_started else None


def audit_verdicts(ledger: Mapping[str, Any]) -> dict[str, AuditVerdict]:
    """Return the verdicts of the audits; an audit that cannot be read counts as not passed."""
    verdicts = {}
    for name, audit in ledger.items():
        try:
            verdicts[name] = msgspec.convert(audit, AuditVerdict)
        except msgspec.ValidationError as error:
            violation = {"message": f"the audit's answer cannot be read: {error}"}
            verdicts[name] = AuditVerdict(ok=False, payments=0, violations=[violation])
    return verdicts


def _overhead(payments: pd.DataFrame) -> Overhead:
    overhead_ms = payments.loc[payments["has_model"], "overhead_ns"] / _NS_PER_MS
    return Overhead(p50=quantile(overhead_ms, 0.5), p95=quantile(overhead_ms, 0.95))


def _describe_stages(table: PaymentTable, chosen: np.ndarray) -> dict[str, Quantiles]:
    """Describe each stage over the payments that had it; twice in a payment is summed."""
    full_s = table.sum_per_payment("full_ns")[chosen] / _NS_PER_S
    there = table.counts_per_payment()[chosen] > 0
    return {
        name: describe(full_s[there[:, column], column])
        for column, name in enumerate(table.stage_names)
        if there[:, column].any()
    }


def _token_grants(table: PaymentTable, mine: np.ndarray, costs: Costs | None) -> int | None:
    if costs is not None:
        return count_token_calls(costs.gateway_calls)
    # Nobody counted at the gateway: what payments saw of it is the best there is, if they say.
    counts = table.counts_per_payment()[mine]
    if not counts.any():
        return None
    columns = [i for i, name in enumerate(table.stage_names) if name in TOKEN_WAIT_STAGES]
    return int(counts[:, columns].sum())
