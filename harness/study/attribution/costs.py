"""What a set of optimizations costs, per shopper or per hour, so that traffic kinds compare."""

from collections.abc import Sequence
from fractions import Fraction

from harness.rundata import Measure
from harness.stages import Stage
from harness.stats import count_token_calls
from harness.study.attribution.cell import CellResult

__all__ = ["cost_figures"]

_S_PER_HOUR = 3600


def cost_figures(results: Sequence[CellResult]) -> dict[Measure, tuple[Fraction, ...]]:
    """Return each cost by cell; those that somebody could not count are left out."""
    rows = [_costs_of(result) for result in results]
    figures = {}
    for measure in rows[0]:
        values = tuple(row[measure] for row in rows)
        known = tuple(value for value in values if value is not None)
        if len(known) == len(values):
            figures[measure] = known
    return figures


def _costs_of(result: CellResult) -> dict[Measure, Fraction | None]:
    costs, shoppers = result.costs, result.arrivals
    token_calls = count_token_calls(costs.gateway_calls)
    bkash_queries = costs.gateway_calls.get(Stage.QUERY_PAYMENT, 0)
    return {
        Measure.FAILED: Fraction(100 * int((~result.paid).sum()), result.paid.size),
        Measure.TOKEN_CALLS: token_calls * _S_PER_HOUR / Fraction(costs.horizon_s),
        Measure.TOKEN_CALLS_WORST: Fraction(result.token_calls_worst_hour),
        Measure.QUERIES: _each(costs.queries, shoppers),
        Measure.BKASH_QUERIES: Fraction(100 * bkash_queries, shoppers),
        Measure.ABANDONED: Fraction(100 * result.abandoned, shoppers),
        Measure.CONNECTIONS: _each(costs.new_connections, shoppers),
    }


def _each(count: int | None, shoppers: int) -> Fraction | None:
    return None if count is None else Fraction(count, shoppers)
