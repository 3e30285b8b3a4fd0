"""Laws of what a cross-check says."""

from reports.crosscheck.finding import agreed, crosscheck_lines, judged, outside, shift_s, wholes


def test_agreement_comes_with_what_it_rests_on(agreeing):
    """How many stages were judged, how much is added, how many could not be judged."""
    verdict, added, few = crosscheck_lines(agreeing)
    assert agreed(agreeing)
    assert verdict.startswith("Both clocks agree: of all 6 stages")
    assert "20.0 to 20.0 ms more" in added
    assert few.startswith("2 rows had fewer than 30")


def test_disagreement_names_the_worst_stage_and_its_figures(disagreeing):
    """Variant, stage, what was added and what was predicted."""
    verdict, advice, *_ = crosscheck_lines(disagreeing)
    assert not agreed(disagreeing)
    assert [s.stage for s in outside(disagreeing)] == ["create_payment", "validate_user"]
    assert "disagree in 2 of 6 stages" in verdict
    assert "create_payment of overlapped: +200 ms in the median" in verdict
    assert "30.0 ms were predicted at most" in verdict
    assert "quiet one" in advice


def test_nothing_judged_is_no_agreement(empty):
    """It says what to raise."""
    assert judged(empty) == []
    assert not agreed(empty)
    (only,) = crosscheck_lines(empty)
    assert "Raise --duration or --rate" in only


def test_wholes_keep_the_order_of_the_variants(agreeing):
    """As they were asked for."""
    assert [s.variant for s in wholes(agreeing)] == ["sequential", "overlapped"]


def test_a_shift_needs_both_clocks(empty, agreeing):
    """Real minus virtual, or nothing."""
    assert shift_s(empty.stages[0], "p50_s") is None
    assert abs(shift_s(agreeing.stages[0], "p95_s") - 0.02) < 1e-9
