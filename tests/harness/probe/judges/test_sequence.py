"""What could run at once and does not."""

import pytest

from harness.probe.judges.sequence import judge_sequence
from harness.rundata import CheckState


def with_stages(make, *stages, number: int = 1):
    payment = make.payment(number)
    sent = make.request("make_payment", 0.0, 1.5, *stages)
    return make.payment(number, requests=(sent, payment.request("callback")))


SERIAL = (("validate_user", 0.0, 0.1), ("validate_course", 0.1, 0.2))


def test_stages_after_each_other_cost_all_but_the_longest(make):
    """Run at once, they would take as long as the longest of them."""
    finding = judge_sequence(make.evidence(with_stages(make, *SERIAL))).finding
    assert finding.cost_s == pytest.approx(0.1)
    assert "validate_user, validate_course run one after the other" in finding.evidence[0]


@pytest.mark.parametrize(
    "stages",
    [
        (("validate_user", 0.0, 0.2), ("validate_course", 0.01, 0.2)),
        (("validate_all", 0.0, 0.3), ("insert_payment", 0.3, 0.1)),
        (("validate_user", 0.0, 0.3), ("token_lookup", 0.3, 0.05)),
        (("validate_user", 0.0, 0.01), ("validate_course", 0.01, 0.3)),
    ],
    ids=["at once", "a write must wait", "tokens are no check", "nothing to gain"],
)
def test_what_must_wait_or_gains_nothing_is_clear(make, stages):
    """Only checks may overlap, and only where it matters."""
    assert judge_sequence(make.evidence(with_stages(make, *stages))).check.state is CheckState.CLEAR


def test_one_payment_of_many_in_sequence_is_chance(make):
    """The finding is about what happens most of the time."""
    apart = [with_stages(make, ("validate_all", 0.0, 0.3), number=n) for n in (2, 3, 4)]
    evidence = make.evidence(with_stages(make, *SERIAL), *apart)
    assert judge_sequence(evidence).check.state is CheckState.CLEAR


def test_without_stages_the_gap_is_held_against_the_guide(make):
    """Six tenths of a second are the guide's own figures; above, it is a finding."""
    assert judge_sequence(make.evidence(make.payment(1))).check.state is CheckState.CLEAR
    slow = make.payment(1, make.call("create_payment", 0.9, 1.4))
    finding = judge_sequence(make.evidence(slow)).finding
    assert finding.cost_s == pytest.approx(0.3)
    assert "Server-Timing" in finding.evidence[1]


def test_a_create_in_the_background_cannot_be_judged(make):
    """Where nobody waited for create, there is no gap before it."""
    late = make.payment(1, make.call("create_payment", 0.9, 1.4, request=""))
    assert judge_sequence(make.evidence(late)).check.state is CheckState.NOT_CHECKED
