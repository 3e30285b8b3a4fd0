"""Laws of conclusions."""

import pytest

from reports.whatif.conclusion import conclusions_of, try_conclusion


def named(record, words):
    return next(c for c in conclusions_of(record) if words in c.sentence)


def test_the_usual_conclusions_are_drawn(ranked):
    """Saving, both ends of the guide, make-payment, shares, order, token calls."""
    shorts = [c.short for c in conclusions_of(ranked)]
    assert shorts == [
        "saving",
        "sequential > 7 s",
        "optimized < 3 s",
        "make-payment p95",
        "bKash’s share",
        "floor’s share",
        "optimized ≤ sequential",
        "token calls",
    ]


def test_a_conclusion_flips_where_its_stage_grows_too_slow(ranked):
    """2.7 s and a second of create: three seconds are reached at ×1.3."""
    base, trials = try_conclusion(ranked, named(ranked, "less than 3 s"))
    by_name = {trial.sweep.name: trial.robustness for trial in trials}
    assert base == pytest.approx(2.7)
    assert by_name["create_payment"].flips_at == pytest.approx((1.3,))
    assert by_name["insert_payment"].holds
    assert by_name["token_grant"].holds


def test_the_order_of_variants_stands(ranked):
    """Whatever bKash takes, it takes it in both."""
    _, trials = try_conclusion(ranked, named(ranked, "no slower than"))
    assert all(trial.robustness.holds for trial in trials)


def test_settings_are_choices_and_no_assumptions(hand):
    """Except traffic and distance, which are both."""
    by_value = {2.0: hand.figures(2.0), 10.0: hand.figures(2.7)}
    sweeps = [
        hand.setting("timeout", by_value, base=10.0),
        hand.setting("rate", by_value, unit="per_hour", base=10.0),
    ]
    record = hand.record(sweeps)
    _, trials = try_conclusion(record, named(record, "less than 3 s"))
    assert [trial.sweep.name for trial in trials] == ["rate"]


def test_one_variant_alone_has_no_comparison(hand, ranked):
    """Nothing is said of a baseline that took no part."""
    alone = hand.record([hand.stage("create_payment")], variants=ranked.variants[1:])
    assert "saving" not in [c.short for c in conclusions_of(alone)]


def test_figures_that_do_not_exist_are_left_out(hand):
    """Where no payment succeeded, nothing is concluded."""
    record = hand.record(
        [hand.stage("create_payment")],
        base={v: hand.figures(None) for v in ("sequential", "optimized")},
    )
    base, _ = try_conclusion(record, named(record, "less than 3 s"))
    assert base is None
