"""Laws of opening a gate: every mistake that can be seen before a run is told before it."""

import pytest

from harness.errors import ConfigurationError
from harness.gate.gate import open_gate
from harness.gate.grammar import parse_limit


def limits_of(*texts, clock="virtual"):
    return [limit for text in texts for limit in parse_limit(text, clock=clock, origin="--limit")]


def test_baseline_alone_means_regression(plan_of, baseline_of):
    """That is what a baseline is for."""
    gate = open_gate([], baseline_of(), plan=plan_of())
    assert [str(limit) for limit in gate.limits] == [
        "p50 payment_time +0.1ms",
        "p95 payment_time +0.1ms",
        "p50 make_payment +0.1ms",
        "p95 make_payment +0.1ms",
        "p50 callback +0.1ms",
        "p95 callback +0.1ms",
        "p50 each_stage +0.1ms",
        "p95 each_stage +0.1ms",
    ]
    assert gate.exact


def test_limit_that_was_written_twice_counts_once(plan_of):
    """Wherever the two were written."""
    gate = open_gate(
        [
            *limits_of("guide"),
            *parse_limit("p95 make_payment<3s", clock="virtual", origin="x.toml"),
        ],
        None,
        plan=plan_of(clock="real"),
    )
    assert [limit.place for limit in gate.limits] == ["--limit 'guide'"]
    assert not gate.exact


def test_nothing_asked_is_no_gate(plan_of):
    """A gate without limits would pass everything."""
    with pytest.raises(ConfigurationError, match="a gate needs a limit or a baseline"):
        open_gate([], None, plan=plan_of())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("p95 payment_time +2%", "it compares with a baseline, and there is none; name one with"),
        ("nobody: guide", "there is no variant 'nobody' in this run; there are sequential, optim"),
        ("p95 create_paymnt < 3s", "no metric or stage 'create_paymnt' (did you mean create_paym"),
        ("p95 db-query < 3s", "there is no metric or stage 'db-query'; there are attach_payment"),
    ],
)
def test_limit_that_names_nothing_is_refused(plan_of, text, said):
    """Before anything is run, with where it was written and what there is."""
    with pytest.raises(ConfigurationError) as caught:
        open_gate(limits_of(text), None, plan=plan_of())
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"--limit {text!r}: ")


def test_stages_of_a_foreign_backend_are_known_after_the_run(plan_of):
    """Only then can a limit on one be found useless."""
    gate = open_gate(limits_of("p95 db-query < 3s"), None, plan=plan_of(kind="target"))
    assert gate.limits[0].metric == "db-query"


def test_stage_that_the_baseline_knows_is_known(plan_of, baseline_of, figures_of, times_of):
    """A backend's own stages are in its baseline."""
    figures = figures_of(stages={"db-query": times_of(0.1)})
    baseline = baseline_of(sequential=figures, optimized=figures)
    assert open_gate(limits_of("p95 db-query +2%"), baseline, plan=plan_of()).limits


def test_baseline_that_no_limit_refers_to_is_refused(plan_of, baseline_of):
    """Somebody believes that it is compared with."""
    with pytest.raises(ConfigurationError) as caught:
        open_gate(limits_of("guide"), baseline_of(), plan=plan_of())
    assert str(caught.value) == (
        "no limit refers to the baseline base.json; add --limit regression, or leave --baseline out"
    )


def test_baseline_of_other_settings_is_refused_with_every_reason(plan_of, baseline_of):
    """Seed, profile, scenario, clock: a difference would be the question's, not the answer's."""
    other = plan_of(seed=7, rate_per_s=9.0)
    with pytest.raises(ConfigurationError) as caught:
        open_gate([], baseline_of(), plan=other)
    assert str(caught.value) == (
        "baseline base.json cannot be compared with this run: seed is 7, the baseline's is 1;"
        " rate_per_s is 9, the baseline's is 2. Run with the baseline's settings, or renew it:"
        " bkash-bench baseline RUN -o FILE"
    )


def test_variant_that_the_baseline_lacks_is_refused(plan_of, baseline_of, figures_of):
    """Skipping it silently would let anything through; naming the others is a choice."""
    baseline = baseline_of(sequential=figures_of())
    with pytest.raises(
        ConfigurationError, match=r"base.json has no variant 'optimized'; it has seq"
    ):
        open_gate([], baseline, plan=plan_of())
    assert open_gate(limits_of("sequential: regression"), baseline, plan=plan_of())


@pytest.mark.parametrize("statistic", ["p99", "max"])
def test_growth_without_an_interval_is_refused_on_the_real_clock(plan_of, baseline_of, statistic):
    """Nothing could tell it from chance; on the virtual clock there is none."""
    text = f"{statistic} payment_time +2%"
    real = plan_of(clock="real")
    with pytest.raises(ConfigurationError, match=f"{statistic} has no interval, so no growth"):
        open_gate(limits_of(text), baseline_of(real), plan=real)
    assert open_gate(limits_of(text), baseline_of(), plan=plan_of())
    assert open_gate(limits_of("token_grants +1"), baseline_of(real), plan=real)


def test_p99_of_too_few_payments_is_refused_before_the_run(plan_of):
    """It will be null, so the limit could never be exceeded."""
    short = plan_of(duration_s=250.0)
    with pytest.raises(ConfigurationError) as caught:
        open_gate(limits_of("p99 payment_time < 9s"), None, plan=short)
    assert "p99 exists from 1000 payments on, and this run has about 500" in str(caught.value)
    assert open_gate(limits_of("p99 payment_time < 9s"), None, plan=plan_of(duration_s=480.0))


def test_limit_on_errors_forgives_them(plan_of):
    """For the variants that it is for."""
    gate = open_gate(limits_of("sequential: errors <= 5"), None, plan=plan_of())
    assert gate.forgives_errors("sequential")
    assert not gate.forgives_errors("optimized")
    everybody = open_gate(limits_of("errors <= 5"), None, plan=plan_of())
    assert everybody.forgives_errors("optimized")


@pytest.mark.parametrize(
    ("text", "clock", "refused"),
    [
        ("errors <= 60", "virtual", "the run has 60 payments"),
        ("errors < 61", "virtual", "the run has 60 payments"),
        ("errors <= 59", "virtual", ""),
        ("errors <= 100", "real", "the run has about 60 payments"),
        ("errors <= 60", "real", ""),
        ("token_grants <= 60", "virtual", ""),
    ],
)
def test_errors_that_all_payments_could_not_exceed_are_refused_before_the_run(
    plan_of, text, clock, refused
):
    """On the real clock chance may bring a few more than planned; only what is sure is refused."""
    plan = plan_of(clock=clock, rate_per_s=1 / 30, duration_s=1800.0)
    limits = limits_of(text, clock=clock)
    if not refused:
        assert open_gate(limits, None, plan=plan).limits
        return
    with pytest.raises(ConfigurationError, match=f"it can never be exceeded: {refused}"):
        open_gate(limits, None, plan=plan)


def test_stage_that_no_variant_can_have_is_refused_before_the_run(plan_of):
    """Only who keeps a token renews it; of several variants one that has the stage is enough."""
    with pytest.raises(ConfigurationError) as caught:
        open_gate(limits_of("sequential: p50 token_refresh < 1s"), None, plan=plan_of())
    assert str(caught.value) == (
        "--limit 'sequential: p50 token_refresh < 1s': it names nothing that this run can have:"
        " no payment of sequential has token_refresh"
    )
    assert open_gate(limits_of("p50 token_refresh < 1s"), None, plan=plan_of())
    assert open_gate(limits_of("p50 token_refresh < 1s"), None, plan=plan_of(kind="target"))
