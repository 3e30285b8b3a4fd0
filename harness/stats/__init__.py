"""Numbers in, numbers out: quantiles, intervals, comparisons, where the time of a payment went.

Knows what a payment is made of (stages, critical path, floor) and what a run asked for; knows no
file, no clock and no gateway. Every formula and its source is in `docs/measurement.md`.
"""

from harness.stats.attribution import UNACCOUNTED, MeanChange, change_of_means, critical_seconds
from harness.stats.bootstrap import CONFIDENCE, MIN_N, Interval, Statistic, estimate_interval
from harness.stats.comparison import (
    Change,
    Comparison,
    compare_paired,
    compare_unpaired,
    random_generator,
)
from harness.stats.critical_path import critical_parts
from harness.stats.payment_table import (
    FLOOR_STAGES,
    TOKEN_WAIT_STAGES,
    UNFINISHED,
    PaymentTable,
    payment_table,
)
from harness.stats.quantile import P99_MIN_N, describe, quantile
from harness.stats.summarize import audit_verdicts, calls_per_payment, summarize
from harness.stats.token_calls import CALLS_PER_HOUR_LIMIT, TokenCalls, token_calls
from harness.stats.typical import typical_column
from harness.stats.validity import check_run, check_variant
from harness.stats.verdict import MARGIN, Verdict, effect_level, judge
from harness.stats.warning import RunWarning, WarningKind, gather

__all__ = [
    "CALLS_PER_HOUR_LIMIT",
    "CONFIDENCE",
    "FLOOR_STAGES",
    "MARGIN",
    "MIN_N",
    "P99_MIN_N",
    "TOKEN_WAIT_STAGES",
    "UNACCOUNTED",
    "UNFINISHED",
    "Change",
    "Comparison",
    "Interval",
    "MeanChange",
    "PaymentTable",
    "RunWarning",
    "Statistic",
    "TokenCalls",
    "Verdict",
    "WarningKind",
    "audit_verdicts",
    "calls_per_payment",
    "change_of_means",
    "check_run",
    "check_variant",
    "compare_paired",
    "compare_unpaired",
    "critical_parts",
    "critical_seconds",
    "describe",
    "effect_level",
    "estimate_interval",
    "gather",
    "judge",
    "payment_table",
    "quantile",
    "random_generator",
    "summarize",
    "token_calls",
    "typical_column",
]
