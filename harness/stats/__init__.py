"""Numbers in, numbers out: quantiles, intervals, comparisons, where the time of a payment went.

Knows what a payment is made of (stages, critical path, floor) and what a run asked for; knows no
file, no clock and no gateway. Every formula and its source is in `docs/measurement.md`.
"""

from harness.stats.allotment import Allotment, allot
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
from harness.stats.exact_quantile import TIME_STATISTICS, exact_statistics
from harness.stats.grid import Grid
from harness.stats.payment_table import (
    FLOOR_STAGES,
    TOKEN_WAIT_STAGES,
    UNFINISHED,
    PaymentTable,
    payment_table,
)
from harness.stats.quantile import P99_MIN_N, describe, quantile
from harness.stats.shapley import (
    MAX_PLAYERS,
    Worth,
    interaction_indices,
    player_count,
    shapley_matrix,
    shapley_values,
    worth_alone,
    worth_left_out,
)
from harness.stats.share_interval import share_intervals
from harness.stats.slack import slack_of
from harness.stats.summarize import audit_verdicts, calls_per_payment, summarize
from harness.stats.token_calls import (
    CALLS_PER_HOUR_LIMIT,
    TokenCalls,
    count_token_calls,
    token_calls,
)
from harness.stats.typical import typical_column
from harness.stats.validity import check_run, check_variant
from harness.stats.verdict import MARGIN, Verdict, effect_level, judge
from harness.stats.warning import RunWarning, WarningKind, gather

__all__ = [
    "CALLS_PER_HOUR_LIMIT",
    "CONFIDENCE",
    "FLOOR_STAGES",
    "MARGIN",
    "MAX_PLAYERS",
    "MIN_N",
    "P99_MIN_N",
    "TIME_STATISTICS",
    "TOKEN_WAIT_STAGES",
    "UNACCOUNTED",
    "UNFINISHED",
    "Allotment",
    "Change",
    "Comparison",
    "Grid",
    "Interval",
    "MeanChange",
    "PaymentTable",
    "RunWarning",
    "Statistic",
    "TokenCalls",
    "Verdict",
    "WarningKind",
    "Worth",
    "allot",
    "audit_verdicts",
    "calls_per_payment",
    "change_of_means",
    "check_run",
    "check_variant",
    "compare_paired",
    "compare_unpaired",
    "count_token_calls",
    "critical_parts",
    "critical_seconds",
    "describe",
    "effect_level",
    "estimate_interval",
    "exact_statistics",
    "gather",
    "interaction_indices",
    "judge",
    "payment_table",
    "player_count",
    "quantile",
    "random_generator",
    "shapley_matrix",
    "shapley_values",
    "share_intervals",
    "slack_of",
    "summarize",
    "token_calls",
    "typical_column",
    "worth_alone",
    "worth_left_out",
]
