"""Laws of the sentences of a what-if."""

from dataclasses import replace

from reports.whatif.finding import headline_sentences, reliance_sentences, setting_sentences


def test_what_pays_most_is_named_with_its_seconds(ranked):
    """And that the baseline should begin elsewhere."""
    first, then, others = headline_sentences(ranked)
    assert first == (
        "Halving create_payment takes 0.500 s (18.5 %) off the median of optimized and 0.650 s off"
        " its p95: nothing else that was tried pays more in both together."
    )
    assert then == (
        "Then, off median and p95: execute_payment (0.500 s and 0.650 s),"
        " insert_payment (0.0500 s and 0.0650 s)."
    )
    assert others == "For sequential it is token_grant, 1.00 s off the median."


def test_one_thing_alone_is_not_said_to_be_the_best(hand):
    """There was nothing else."""
    (sentence, *_) = headline_sentences(hand.record([hand.stage("create_payment")]))
    assert "nothing else" not in sentence


def test_where_nothing_pays_that_is_said(hand):
    """No winner is made up."""
    record = hand.record([hand.setting("timeout", {10.0: hand.figures(2.7)}, base=10.0)])
    assert headline_sentences(record) == ["Nothing that was changed makes optimized faster."]


def test_a_setting_is_told_with_its_best_value_and_its_price(hand):
    """Two seconds are faster for those who are left."""
    by_value = {
        2.0: hand.figures(1.0, failed=50),
        5.0: hand.figures(2.5),
        10.0: hand.figures(2.7),
        30.0: hand.figures(2.7, worst_hour=4),
    }
    record = hand.record([hand.setting("timeout", by_value, base=10.0)])
    (sentence,) = setting_sentences(record)
    assert "from 10 s to 5 s takes 0.200 s off the median" in sentence
    assert "at 2 s, 50 of 200 payments fail" in sentence
    assert "more than 2 token calls in an hour at 30 s" in sentence


def test_a_setting_without_effect_is_said_to_have_none(hand):
    """Somebody turned it for nothing."""
    by_value = {5.0: hand.figures(2.7), 10.0: hand.figures(2.7)}
    record = hand.record([hand.setting("timeout", by_value, base=10.0)])
    assert setting_sentences(record) == [
        "The timeout of payment calls: 5 s to 10 s changes nothing for optimized."
    ]


def test_no_better_value_is_said_with_its_condition(hand):
    """Without more failures."""
    by_value = {2.0: hand.figures(1.0, failed=50), 10.0: hand.figures(2.7)}
    record = hand.record([hand.setting("timeout", by_value, base=10.0)])
    assert "is better than what it is now without more failures" in setting_sentences(record)[0]


def test_conclusions_that_fall_are_told_with_the_place(ranked):
    """How many stand, and where the others flip."""
    first, *falls = reliance_sentences(replace(ranked, all_stages=True))
    assert first.endswith("conclusions stand over every range.")
    assert any("create_payment above ×1.3" in sentence for sentence in falls)


def test_who_gains_where_nobody_else_does_is_named_in_a_sentence_of_its_own(hand):
    """There is nothing before it that "it" could mean."""
    sweep = hand.stage("token_grant")
    assert headline_sentences(hand.record([sweep])) == [
        "Nothing that was changed makes optimized faster.",
        "For sequential token_grant pays: 1.00 s off the median.",
    ]


def test_a_value_with_fewer_failures_is_told_with_its_price(hand):
    """Waiting longer saves payments and costs seconds."""
    by_value = {2.0: (2.5, 60), 10.0: (2.7, 16), 30.0: (3.0, 8)}
    found = {
        value: hand.figures(p50_s, failed=failed) for value, (p50_s, failed) in by_value.items()
    }
    sweep = hand.setting("timeout", found, base=10.0)
    base = {"sequential": hand.figures(7.5), "optimized": found[10.0]}
    (sentence,) = setting_sentences(hand.record([sweep], base=base))
    assert "at 2 s, 60 of 200 payments fail" in sentence
    assert "at 30 s 8 fail instead of 16, and p95 is 3.90 s" in sentence


def test_what_stands_is_said_of_the_ranges_that_were_looked_at(hand):
    """One narrow range of one stage says nothing of the others."""
    narrow = hand.stage("create_payment", values=(0.5, 1.0))
    (first, *_) = reliance_sentences(hand.record([narrow]))
    assert first.endswith("stand over the range asked about (create_payment ×0.5 to ×1).")
    both = hand.record([narrow, hand.stage("execute_payment", values=(1.0, 2.0))])
    (first, *_) = reliance_sentences(both)
    assert first.endswith(
        "over the ranges asked about (create_payment ×0.5 to ×1; execute_payment ×1 to ×2)."
    )
