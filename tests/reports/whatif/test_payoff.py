"""Laws of what pays."""

import pytest

from harness.rundata.whatif import KnobKind
from reports.whatif.payoff import best_payoff, hero_of, payoff_of, ranked_payoffs


def test_a_stage_pays_what_half_of_it_takes(hand, ranked):
    """Half of one second is half a second off the median, more off p95."""
    payoff = payoff_of(ranked, ranked.sweeps[0], "optimized")
    assert payoff.value == 0.5
    assert payoff.p50_s == pytest.approx(0.5)
    assert payoff.p95_s == pytest.approx(0.65)
    assert payoff.p50_share == pytest.approx(0.5 / 2.7)


def test_without_one_half_the_nearest_faster_value_counts(hand):
    """Whatever range somebody asked for."""
    record = hand.record([hand.stage("create_payment", (0.8, 0.9, 1.0))])
    assert payoff_of(record, record.sweeps[0], "optimized").value == 0.8
    slower = hand.record([hand.stage("create_payment", (1.0, 1.5, 2.0))])
    assert payoff_of(slower, slower.sweeps[0], "optimized") is None


def test_stages_are_ranked_by_what_they_pay_each_variant(ranked):
    """The baseline should begin with its grants, the optimized one has none."""
    sequential = ranked_payoffs(ranked, "sequential", kinds=(KnobKind.STAGE,))
    optimized = ranked_payoffs(ranked, "optimized", kinds=(KnobKind.STAGE,))
    assert sequential[0].sweep.name == "token_grant"
    assert optimized[0].sweep.name in ("create_payment", "execute_payment")
    assert not optimized[-1].pays
    assert best_payoff(ranked, "optimized") == optimized[0]


def test_a_setting_is_not_credited_for_failing_payments(hand):
    """Who gives up early looks fast."""
    by_value = {
        2.0: hand.figures(1.0, failed=50),
        5.0: hand.figures(2.5),
        10.0: hand.figures(2.7),
    }
    record = hand.record([hand.setting("timeout", by_value, base=10.0)])
    assert payoff_of(record, record.sweeps[0], "optimized").value == 5.0


def test_a_setting_is_not_credited_beyond_bkashs_limit(hand):
    """A token a minute would be fast, and the merchant blocked."""
    by_value = {60.0: hand.figures(2.0, worst_hour=60), 2_700.0: hand.figures(2.7)}
    record = hand.record([hand.setting("refresh_interval", by_value, base=2_700.0)])
    assert not payoff_of(record, record.sweeps[0], "optimized").pays
    assert best_payoff(record, "optimized") is None


def test_of_equal_values_the_one_nearest_to_now_is_taken(hand):
    """No change for its own sake."""
    by_value = {v: hand.figures(2.5) for v in (1.0, 8.0)} | {10.0: hand.figures(2.7)}
    record = hand.record([hand.setting("timeout", by_value, base=10.0)])
    assert payoff_of(record, record.sweeps[0], "optimized").value == 8.0


def test_without_a_payment_there_is_no_payoff(hand):
    """All failed: nothing to tell by."""
    sweep = hand.stage("create_payment")
    record = hand.record([sweep], base={v: hand.figures(None) for v in ("sequential", "optimized")})
    assert payoff_of(record, sweep, "optimized") is None
    assert best_payoff(record, "optimized") is None


def test_the_guides_after_is_spoken_of_first(hand):
    """Without it, the last."""
    record = hand.record([])
    assert hero_of(record) == "optimized"
    assert hero_of(hand.record([], variants=record.variants[:1])) == "sequential"
