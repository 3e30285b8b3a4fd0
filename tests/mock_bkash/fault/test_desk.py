"""A board per app key."""

import pytest

from mock_bkash.fault import FaultDesk, FaultError, Subject, desk as desk_module, named_plan

CALL = Subject(operation="create_payment", key="i", attempt=1, app_key="a")


def test_counts_are_separate_per_app_key():
    """What strikes one is not used up for the other."""
    desk = FaultDesk(seed=1, plans=[named_plan("reset;count=1")])
    assert desk.board("a").choose(CALL, now_s=0) is not None
    assert desk.board("a").choose(CALL, now_s=0) is None
    assert desk.board("b").choose(CALL, now_s=0) is not None
    assert desk.app_keys() == ("a", "b")


def test_forgetting_begins_anew_with_the_plans_of_the_start():
    """Those that were put later are gone."""
    desk = FaultDesk(seed=1, plans=[named_plan("reset")])
    desk.prepare("a").put(named_plan("hang"), source="admin", now_s=0)
    desk.prepare("b")
    assert desk.forget("a") == ["a"]
    assert desk.forget("a") == []
    assert [shown["name"] for shown in desk.board("a").report(now_s=0)] == ["reset"]
    assert desk.forget() == ["b", "a"]


def test_what_never_struck_is_known_over_all_app_keys_and_resets():
    """Of the plans of the start: what an admin put in their place is not theirs."""
    plans = [named_plan("reset;operations=create_payment"), named_plan("query-lag")]
    desk = FaultDesk(seed=1, plans=plans)
    assert [desk.idle(plan) for plan in plans] == [[0], [0]]
    desk.board("a").choose(CALL, now_s=0)
    desk.forget()
    assert [desk.idle(plan) for plan in plans] == [[], [0]]
    other = named_plan("hang;name=query-lag")
    desk.board("b").put(other, source="admin", now_s=0)
    desk.board("b").lift("reset")
    assert desk.board("b").choose(CALL, now_s=0) is not None
    assert desk.idle(plans[1]) == [0]


def test_preparing_is_bounded(monkeypatch: pytest.MonkeyPatch):
    """For strangers; an app key that is let in has its board in any case."""
    monkeypatch.setattr(desk_module, "MAX_BOARDS", 1)
    desk = FaultDesk(seed=1)
    assert desk.prepare("a") is desk.prepare("a")
    with pytest.raises(FaultError, match="1 app keys have faults already; reset some"):
        desk.prepare("b")
    assert not desk.board("b").armed
