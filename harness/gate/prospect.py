"""What a planned run can show: how many payments at most, and which stages never."""

from harness.merchant import Optimization, Variant
from harness.rundata import Manifest, VariantRecord
from harness.stages import Stage

__all__ = ["FOREIGN_KIND", "PLAN_SLACK", "never_has", "planned_payments"]

FOREIGN_KIND = "target"
"""Kind of a variant that is a backend of the user's own: its stages are known once it was run."""

PLAN_SLACK = 0.8
"""By how much the payments of a run on the real clock may lie off the plan: they come by chance."""

_TOKEN_STAGES = (Stage.TOKEN_LOOKUP, Stage.TOKEN_GRANT, Stage.TOKEN_REFRESH)


def planned_payments(plan: Manifest) -> float:
    """Return how many payments of each variant are measured; exact on the virtual clock."""
    return plan.configuration.rate_per_s * plan.configuration.duration_s


def never_has(variant: VariantRecord, metric: str) -> bool:
    """Tell whether no payment of a variant can show a stage; False where that is not known."""
    if variant.kind == FOREIGN_KIND or metric not in _TOKEN_STAGES:
        return False
    try:
        flags = frozenset(Optimization(flag) for flag in variant.optimizations)
    except ValueError:
        # Recorded by a version that has flags which this one does not know.
        return False
    return metric not in Variant(variant.name, flags).token_stages
