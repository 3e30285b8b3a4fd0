"""Laws of the words of a what-if."""

import pytest

from reports.whatif.words import axis_words, knob_words, sweep_range, value_words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.5, "times", "×0.5"),
        (10, "s", "10 s"),
        (0.04, "s", "0.04 s"),
        (60, "per_hour", "60/h"),
        (0.05, "share", "5 %"),
    ],
)
def test_a_value_has_its_unit(value, unit, words):
    """As its axis and sentences write it."""
    assert value_words(value, unit) == words


def test_a_stage_is_called_by_its_name_and_a_setting_by_what_it_is(hand):
    """In sentences and below axes."""
    stage = hand.stage("create_payment")
    setting = hand.setting("timeout", {10.0: hand.figures(2.7)}, base=10.0)
    assert knob_words(stage) == "create_payment"
    assert axis_words(stage) == "create_payment, times as slow"
    assert knob_words(setting) == "the timeout of payment calls"
    assert axis_words(setting) == "timeout, seconds"
    assert sweep_range(stage) == "×0.25 to ×2"
