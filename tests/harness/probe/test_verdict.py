"""Words for verdicts."""

import pytest

from harness.probe.verdict import clear, found, numbers, quantity, seconds, unseen
from harness.rundata import CheckState, Mistake


@pytest.mark.parametrize(
    ("duration_s", "words"),
    [(0.0421, "0.04 s"), (0.997, "1.0 s"), (2.04, "2.0 s"), (9.96, "10 s"), (12.3, "12 s")],
)
def test_durations_have_the_digits_that_matter(duration_s, words):
    """Two below a second, one below ten, none above."""
    assert seconds(duration_s) == words


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (0, "query", "no query"),
        (1, "grant", "1 grant"),
        (2, "query", "2 queries"),
        (12, "grant", "12 grants"),
    ],
)
def test_numbers_agree_with_their_nouns(number, noun, words):
    """One, none or many."""
    assert quantity(number, noun) == words


def test_payments_are_told_by_number(make):
    """All of a few, the ends of many."""
    payments = [make.payment(n) for n in range(1, 8)]
    assert numbers(payments[:1]) == "payment 1"
    assert numbers(payments[:2]) == "payments 1 and 2"
    assert numbers(payments) == "payments 1, 2, … 7"


def test_a_verdict_is_one_of_three():
    """Only what was found is a finding."""
    assert clear(Mistake.SERIAL_WORK, "Fine.").check.state is CheckState.CLEAR
    assert unseen(Mistake.SERIAL_WORK, "Why.").check.state is CheckState.NOT_CHECKED
    verdict = found(Mistake.SERIAL_WORK, "First.", "Second.", cost="1 s.", cost_s=1.0)
    assert verdict.check.reason == "First."
    assert verdict.finding.evidence == ("First.", "Second.")
    assert verdict.finding.title.endswith("called.")
