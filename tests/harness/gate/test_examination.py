"""Laws of holding figures against limits."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from harness.gate.baseline import Baseline
from harness.gate.check import Outcome
from harness.gate.examination import examine
from harness.gate.figures import Times, add_intervals, read_figures
from harness.gate.gate import open_gate
from harness.gate.grammar import parse_limit
from harness.rundata import Overhead, Summary, VariantSummary
from harness.stages import Stage
from harness.stats import PaymentTable, describe

VARIANTS = ("sequential", "optimized")
STAGES = ("create_payment", "insert_payment", "token_lookup")


@pytest.fixture
def checks_of(plan_of, baseline_of, figures_of):
    """Return a function that examines figures of two variants under limits."""

    def examined(*texts, figures, baseline=None, clock="virtual"):
        plan = plan_of(clock=clock)
        limits = [limit for text in texts for limit in parse_limit(text, clock=clock)]
        past = Baseline.of_run(plan, baseline, origin="base.json") if baseline else None
        return examine(open_gate(limits, past, plan=plan), figures)

    return examined


def outcomes(checks):
    return {(check.variant, f"{check.figure}"): check.outcome for check in checks}


def failures(checks):
    return [(check.variant, check.metric) for check in checks if check.outcome.failed]


def test_two_hundred_checks_of_identical_code_raise_no_alarm(checks_of, figures_of):
    """On the virtual clock the same code gives the same figures, and nothing else is judged."""
    for _ in range(200):
        checks = checks_of(
            figures={name: figures_of() for name in VARIANTS},
            baseline={name: figures_of() for name in VARIANTS},
        )
        assert {check.outcome for check in checks} == {Outcome.PASSED}
        # p50 and p95 of payment time, of two requests and three stages, of two variants.
        assert len(checks) == 2 * 2 * 6


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("stage", STAGES)
def test_one_millisecond_in_any_stage_of_any_variant_is_found(
    checks_of, figures_of, variant, stage
):
    """And named: the stage and the payment time, of that variant and no other."""
    now = {name: figures_of() for name in VARIANTS} | {variant: figures_of(slower_s={stage: 0.001})}
    checks = checks_of(figures=now, baseline={name: figures_of() for name in VARIANTS})
    slow = ("payment_time", "make_payment", stage)
    assert failures(checks) == [(variant, metric) for metric in slow for _ in ("p50", "p95")]
    told = next(c.sentence for c in checks if c.outcome.failed and c.metric == stage)
    assert told.startswith(f"{variant}: p50 {stage} is ")
    assert ", 1 ms above the baseline's " in told


@given(
    slower_us=st.integers(-500, 500),
    stage=st.sampled_from(STAGES),
    variant=st.sampled_from(VARIANTS),
)
@settings(max_examples=60)
def test_regression_is_growth_beyond_a_tenth_of_a_millisecond(
    checks_for_hypothesis, slower_us, stage, variant
):
    """Exactly: a hundred microseconds pass, one more does not."""
    checks = checks_for_hypothesis(variant, {stage: slower_us * 1e-6})
    failed = {c.metric for c in checks if c.outcome.failed and c.variant == variant}
    assert failed == ({"payment_time", "make_payment", stage} if slower_us > 100 else set())


@pytest.fixture(scope="session")
def checks_for_hypothesis(plan_of, baseline_of, figures_of):
    gate = open_gate([], baseline_of(), plan=plan_of())

    def examined(variant, slower_s):
        now = {name: figures_of() for name in VARIANTS}
        return examine(gate, now | {variant: figures_of(slower_s=slower_s)})

    return examined


def test_ceiling_is_held_against_every_variant(checks_of, figures_of):
    """Or those that it names."""
    figures = {
        "sequential": figures_of(slower_s={"create_payment": 1.0}),
        "optimized": figures_of(),
    }
    checks = checks_of("p50 payment_time < 3s", "optimized: max callback < 4s", figures=figures)
    assert outcomes(checks) == {
        ("sequential", "p50 payment_time"): Outcome.EXCEEDED,
        ("optimized", "p50 payment_time"): Outcome.PASSED,
        ("optimized", "max callback"): Outcome.EXCEEDED,
    }
    assert checks[0].value == 3.3
    assert checks[0].allowed == 3.0


def test_counts_are_compared_as_they_are(checks_of, figures_of):
    """On either clock: a call more is a call more."""
    more = figures_of(counts={"gateway_calls_per_payment": 2.5, "token_grants": 4.0, "errors": 0.0})
    for clock in ("real", "virtual"):
        checks = checks_of(
            "gateway_calls_per_payment <= 2",
            "gateway_calls_per_payment +10%",
            "token_grants +0",
            figures=dict.fromkeys(VARIANTS, more),
            baseline={name: figures_of() for name in VARIANTS},
            clock=clock,
        )
        assert [check.outcome for check in checks] == [
            *[Outcome.EXCEEDED] * 2,
            *[Outcome.REGRESSED] * 2,
            *[Outcome.PASSED] * 2,
        ]


def test_new_stage_is_a_regression(checks_of, figures_of, times_of):
    """Waiting that the baseline did not have is all growth; one that is gone is none."""
    extra = figures_of(stages={Stage.QUERY_PAYMENT.value: times_of(0.5)})
    checks = checks_of(
        figures=dict.fromkeys(VARIANTS, extra),
        baseline={name: figures_of() for name in VARIANTS},
    )
    assert failures(checks) == [(name, "query_payment") for name in VARIANTS * 2]
    assert checks[-1].baseline is None
    assert "the baseline has none" in checks[-1].sentence
    gone = checks_of(
        figures={name: figures_of() for name in VARIANTS},
        baseline=dict.fromkeys(VARIANTS, extra) | {"sequential": figures_of()},
    )
    assert failures(gone) == [("optimized", stage) for stage in STAGES * 2]


def test_what_does_not_exist_is_not_judged(checks_of, figures_of, times_of):
    """And says why, each in its own way."""
    few = figures_of(n=500, counts={"errors": 0.0})
    checks = checks_of(
        "p99 payment_time < 9s",
        "p95 token_refresh < 9s",
        "token_grants <= 4",
        "p95 overhead < 1s",
        figures=dict.fromkeys(VARIANTS, figures_of())
        | {"optimized": few, "sequential": figures_of(times={})},
    )
    assert [check.outcome for check in checks][1:] == [
        *[Outcome.SKIPPED] * 3,
        Outcome.PASSED,
        Outcome.SKIPPED,
        Outcome.SKIPPED,
        Outcome.PASSED,
    ]
    remarks = [check.remark for check in checks if check.outcome is Outcome.SKIPPED]
    assert remarks == [
        "has no payment_time",
        "has 500 payment_time, and p99 exists from 1000 on",
        "has no token_refresh",
        "has no token_refresh",
        "was not counted",
        "has no overhead",
    ]
    assert times_of(1.0).n == 1200


def test_figure_that_the_baseline_lacks_is_not_judged(checks_of, figures_of):
    """A baseline from before a metric, or of fewer payments, says nothing of it."""
    old = figures_of(n=500)
    del old.times["make_payment"]
    checks = checks_of(
        "p95 make_payment +2%",
        "p99 payment_time +2%",
        "p95 overhead +2%",
        figures=dict.fromkeys(VARIANTS, figures_of()),
        baseline=dict.fromkeys(VARIANTS, old),
    )
    assert [check.remark for check in checks] == [
        *["in the baseline has no make_payment"] * 2,
        *["in the baseline has 500 payment_time, and p99 exists from 1000 on"] * 2,
        *["", ""],
    ]


def test_missing_statistic_is_named(checks_of, figures_of):
    """An overhead of which only the median is known has no p95."""
    figures = figures_of()
    figures.times["overhead"] = Times(None, {"p50": 0.01})
    checks = checks_of("p95 overhead < 1s", figures=dict.fromkeys(VARIANTS, figures))
    assert {check.remark for check in checks} == {"has no p95 of overhead"}


def measured(rng, *, slower=1.0, n=150):
    """Return the figures of a run on the real clock: two variants of lognormal payment times."""
    total_ns = np.rint(rng.lognormal(1.0, 0.2, size=(2, n)) * slower * 1e9).astype(np.int64)
    payments = pd.DataFrame(
        {
            "variant": pd.Categorical(np.repeat(VARIANTS, n)),
            "warmup": False,
            "outcome": pd.Categorical(["ok"] * 2 * n),
            "total_ns": total_ns.ravel(),
            "make_payment_ns": total_ns.ravel() // 2,
            "callback_ns": total_ns.ravel() - total_ns.ravel() // 2,
            "has_model": False,
            "overhead_ns": 0,
        }
    )
    stages = pd.DataFrame({"payment": [], "stage": pd.Categorical([]), "full_ns": []}).astype(
        {"payment": int, "full_ns": int}
    )
    variants = {}
    for name, mine in payments.groupby("variant", observed=True):
        variants[str(name)] = VariantSummary(
            payment_time_s=describe(mine["total_ns"] / 1e9),
            overhead_ms=Overhead(None, None),
            stages={},
            gateway_calls_per_payment=2.0,
            token_grants=0,
            errors=0,
            requests={
                "make_payment": describe(mine["make_payment_ns"] / 1e9),
                "callback": describe(mine["callback_ns"] / 1e9),
            },
        )
    figures = read_figures(Summary(1, variants, {}, [], ""))
    return add_intervals(figures, PaymentTable(payments, stages, ()), seed=1)


class TestRealClock:
    """What chance explains is no regression."""

    def test_runs_of_one_code_raise_no_alarm_and_a_third_slower_is_found(self, plan_of):
        """Even with draws of their own; runs of one seed are closer still."""
        rng = np.random.default_rng(5)
        plan = plan_of(clock="real")
        for _ in range(12):
            gate = open_gate([], Baseline.of_run(plan, measured(rng)), plan=plan)
            same = examine(gate, measured(rng))
            assert {check.outcome for check in same} == {Outcome.PASSED}
            slow = examine(gate, measured(rng, slower=1.35))
            assert {(c.variant, c.figure) for c in slow if c.outcome.failed} >= {
                (name, f"p50 {metric}")
                for name in VARIANTS
                for metric in ("payment_time", "make_payment", "callback")
            }

    def test_growth_must_lie_beyond_its_interval(self, checks_of, figures_of):
        """+10 % is found where the figures are sure, and not where they are not."""
        for spread_s, outcome in ((0.01, Outcome.REGRESSED), (0.3, Outcome.PASSED)):
            slow = figures_of(slower_s={"create_payment": 0.3}, spread_s=spread_s)
            checks = checks_of(
                "sequential: p50 payment_time +5%",
                figures=dict.fromkeys(VARIANTS, slow),
                baseline=dict.fromkeys(VARIANTS, figures_of(spread_s=spread_s)),
                clock="real",
            )
            (check,) = checks
            assert check.outcome is outcome
            unproven = "more than allowed, but within what chance explains"
            assert check.remark == ("" if outcome.failed else unproven)

    def test_identical_figures_pass(self, checks_of, figures_of):
        """However wide their intervals are."""
        for spread_s in (0.0, 0.001, 5.0):
            same = dict.fromkeys(VARIANTS, figures_of(spread_s=spread_s))
            checks = checks_of("regression", figures=same, baseline=same, clock="real")
            assert {check.outcome for check in checks} == {Outcome.PASSED}

    def test_more_comparisons_ask_for_more_proof(self, checks_of, figures_of):
        """What one comparison finds is chance among many: one of 40 always cries."""
        now = dict.fromkeys(VARIANTS, figures_of(slower_s={"create_payment": 0.15}, spread_s=0.1))
        past = dict.fromkeys(VARIANTS, figures_of(spread_s=0.1))
        alone = checks_of(
            "optimized: p50 create_payment +0%", figures=now, baseline=past, clock="real"
        )
        among = checks_of(
            "optimized: p50 create_payment +0%",
            "regression",
            figures=now,
            baseline=past,
            clock="real",
        )
        assert alone[0].outcome is Outcome.REGRESSED
        assert among[0].outcome is Outcome.PASSED

    def test_figure_without_an_interval_is_not_judged(self, checks_of, figures_of):
        """Fewer than twenty payments say nothing certain; neither does half a pair."""
        sure, unsure = figures_of(spread_s=0.01), figures_of()
        for now, past in ((sure, unsure), (unsure, sure)):
            checks = checks_of(
                "p50 payment_time +5%",
                figures=dict.fromkeys(VARIANTS, now),
                baseline=dict.fromkeys(VARIANTS, past),
                clock="real",
            )
            assert {c.outcome for c in checks} == {Outcome.SKIPPED}
            assert "fewer than 20 payment_time" in checks[0].remark

    def test_new_stage_must_be_sure_too(self, checks_of, figures_of, times_of):
        """A stage that a race brings up once is no regression; one in every payment is."""
        stage = Stage.QUERY_PAYMENT.value
        for times, outcome in (
            (times_of(0.5, spread_s=0.01), Outcome.REGRESSED),
            (times_of(0.5), Outcome.SKIPPED),
        ):
            checks = checks_of(
                f"p50 {stage} +5% or +20ms",
                figures=dict.fromkeys(VARIANTS, figures_of(stages={stage: times})),
                baseline=dict.fromkeys(VARIANTS, figures_of(spread_s=0.01)),
                clock="real",
            )
            assert {check.outcome for check in checks} == {outcome}
