"""Laws of the merchant's own figures: exact over a window, bounded, with advice that helps."""

import numpy
import pytest

from harness.merchant import BUILTIN, Optimization
from harness.merchant.performance import WINDOW, FunnelStep, Performance
from harness.stages import MAX_STAGES, TimedStage


def stages(**durations_ms: float) -> list[TimedStage]:
    return [TimedStage(name, 0, round(ms * 1e6)) for name, ms in durations_ms.items()]


def new_performance(variant: str = "sequential") -> Performance:
    return Performance(BUILTIN[variant])


def test_quantiles_are_those_of_the_last_durations():
    """Against numpy's type 1, over the window; the count goes on."""
    performance = new_performance()
    for ms in range(1, WINDOW + 501):
        performance.record("callback", duration_ns=0, stages=stages(execute_payment=ms))
    figures = performance.to_dict()["stages"]["execute_payment"]
    window = numpy.arange(501, WINDOW + 501)
    assert figures["n"] == WINDOW + 500
    for name, q in {"p50_ms": 0.5, "p90_ms": 0.9, "p95_ms": 0.95, "p99_ms": 0.99}.items():
        assert figures[name] == numpy.quantile(window, q, method="inverted_cdf")
    assert figures["max_ms"] == WINDOW + 500


def test_endpoints_have_figures_of_their_own():
    """The time of a whole answer, beside its stages."""
    performance = new_performance()
    performance.record("make_payment", duration_ns=5_000_000, stages=())
    assert performance.to_dict()["responses"]["make_payment"]["p50_ms"] == 5


@pytest.mark.parametrize(
    ("variant", "advice"),
    [
        ("sequential", ["token_cache", "early_refresh", "background_refresh", "prefetch"]),
        ("cached", ["background_refresh", "prefetch"]),
        ("overlapped", []),
    ],
)
def test_the_bottleneck_is_where_most_time_goes(variant: str, advice: list[str]):
    """With what would help and is not on yet."""
    performance = new_performance(variant)
    performance.record(
        "make_payment",
        duration_ns=0,
        stages=stages(token_grant=2000, create_payment=1000, show_course=9000, insert_payment=1000),
    )
    bottleneck = performance.to_dict()["bottleneck"]
    assert bottleneck == {"stage": "token_grant", "share": 0.5, "try": advice}


def test_what_nothing_shortens_has_no_advice():
    """An insert is the floor of a payment."""
    performance = new_performance()
    performance.record("make_payment", duration_ns=0, stages=stages(insert_payment=1))
    assert performance.to_dict()["bottleneck"]["try"] == []


@pytest.mark.parametrize("recorded", [{}, {"insert_payment": 0}])
def test_without_stage_time_there_is_no_bottleneck(recorded: dict[str, float]):
    """Nothing divided by nothing is not a share."""
    performance = new_performance()
    performance.record("make_payment", duration_ns=0, stages=stages(**recorded))
    assert performance.to_dict()["bottleneck"] is None


def test_the_funnel_counts_every_step():
    """In the order in which shoppers take them."""
    performance = new_performance()
    performance.count(FunnelStep.LANDED)
    performance.count(FunnelStep.LANDED)
    performance.count(FunnelStep.PAID)
    assert performance.to_dict()["funnel"] == {
        "landed": 2,
        "clicked": 0,
        "redirected": 0,
        "returned": 0,
        "paid": 1,
    }


def test_memory_is_bounded_in_names_too():
    """A mistake in a name cannot fill the process."""
    performance = new_performance()
    for number in range(10 * MAX_STAGES):
        performance.record("x", duration_ns=1, stages=[TimedStage(f"stage{number}", 0, 1)])
    assert len(performance.to_dict()["stages"]) == MAX_STAGES


def test_advice_names_flags_only():
    """What is advised can be switched on."""
    performance = new_performance()
    performance.record("x", duration_ns=1, stages=stages(check_enrolled=1))
    advice = performance.to_dict()["bottleneck"]["try"]
    assert set(advice) <= set(Optimization)
    assert advice == ["batched_queries", "parallel_validation"]
