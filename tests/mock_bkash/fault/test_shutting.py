"""Refused connections as part of a plan."""

import pytest

from mock_bkash.document import Section, Source
from mock_bkash.fault import FaultError, Shutting, named_plan, plan_names, read_plan
from mock_bkash.fault.reading import MAX_RULES


def test_a_plan_may_consist_of_nothing_else():
    """As the built-in one does."""
    assert "refused" in plan_names()
    plan = named_plan("refused")
    assert (plan.rules, plan.door) == ((), (Shutting(shut_after_s=10.0, shut_s=20.0),))
    assert named_plan("refused;shut_after_s=0;shut_s=3").door == (Shutting(shut_s=3.0),)


def test_any_plan_can_be_told_to_refuse_connections_too():
    """An outage begins as real ones do."""
    plan = named_plan("outage;shut_s=5")
    assert plan.door == (Shutting(shut_s=5.0),)
    assert plan.rules == named_plan("outage").rules
    assert plan.door[0].to_dict() == {"shut_after_s": 0.0, "shut_s": 5.0}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("outage;shut_after_s=5", r"door\[0\].shut_s: must be a number, got nothing"),
        ("refused;shut_s=3601", r"door\[0\].shut_s: must be a finite number, from 0 to 3600"),
        ("refused;shut_after_s=-1", r"door\[0\].shut_after_s: must be a finite number"),
    ],
)
def test_impossible_times_are_named(asked: str, words: str):
    """With their place."""
    with pytest.raises(FaultError, match=words):
        named_plan(asked)


def test_a_plan_shuts_the_door_so_often_and_no_more():
    """Each time is a timer."""
    document = Section(
        {"door": [{"shut_s": 1}] * (MAX_RULES + 1)}, source=Source("", "", FaultError)
    )
    with pytest.raises(FaultError, match="door: must be at most 64 times"):
        read_plan(document, default_name="x")
