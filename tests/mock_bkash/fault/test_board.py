"""The plans in force."""

import random
from typing import Any

import pytest

from mock_bkash.fault import FaultBoard, FaultError, Subject, named_plan
from mock_bkash.fault.board import MAX_PLANS


def subject(key: str = "inv-1", attempt: int = 1, **changes: Any) -> Subject:
    usual = {"operation": "execute_payment", "app_key": "shop", "invoice": key}
    return Subject(key=key, attempt=attempt, **{**usual, **changes})


def board(*plans: str, seed: int = 7) -> FaultBoard:
    return FaultBoard(seed=seed, plans=[named_plan(plan) for plan in plans])


def struck(asked: FaultBoard, calls: list[Subject]) -> dict[tuple[str, int], str]:
    faults = ((call, asked.choose(call, now_s=0.0)) for call in calls)
    return {(call.key, call.attempt): fault.label for call, fault in faults if fault is not None}


def test_an_empty_board_is_not_armed():
    """The gateway does not even ask."""
    assert not board().armed
    assert board("reset").armed


def test_the_same_calls_meet_the_same_faults_in_any_order():
    """M3: whether a rule strikes is a function of seed, plan, rule, payment, operation, attempt."""
    calls = [subject(f"inv-{n}", attempt) for n in range(300) for attempt in (1, 2)]
    shuffled = calls[:]
    random.Random(3).shuffle(shuffled)
    first = struck(board("reset;probability=0.2", "hang;probability=0.1"), calls)
    assert first == struck(board("reset;probability=0.2", "hang;probability=0.1"), shuffled)
    assert first != struck(board("reset;probability=0.2", "hang;probability=0.1", seed=8), calls)
    assert 100 <= len(first) <= 230
    assert set(first.values()) == {"reset before", "hang before"}


@pytest.mark.parametrize("probability", [0.0, 0.01, 0.3, 1.0])
def test_a_probability_is_the_share_of_calls_that_are_struck(probability: float):
    """M5: within four standard deviations over ten thousand calls."""
    asked = board(f"reset;probability={probability}")
    fired = len(struck(asked, [subject(f"inv-{n}") for n in range(10_000)]))
    deviation = (10_000 * probability * (1 - probability)) ** 0.5
    assert abs(fired - 10_000 * probability) <= 4 * deviation
    (shown,) = asked.report(now_s=0.0)
    assert shown["faults"][0]["matched"] == 10_000
    assert shown["faults"][0]["fired"] == fired


def test_rules_strike_independently():
    """Two rules with one probability do not strike the same calls."""
    calls = [subject(f"inv-{n}") for n in range(1000)]
    one = struck(board("reset;probability=0.5;name=one"), calls)
    two = struck(board("reset;probability=0.5;name=two"), calls)
    assert 150 <= len(one.keys() & two.keys()) <= 350


def test_the_first_rule_that_strikes_happens():
    """In the order of the plans, and of the rules in them."""
    asked = board("reset;operations=create_payment", "hang", "close")
    assert struck(asked, [subject()]) == {("inv-1", 1): "hang before"}
    assert [shown["faults"][0]["matched"] for shown in asked.report(now_s=0)] == [0, 1, 0]


def test_a_count_lifts_a_rule():
    """M5: after it has fired so often it does not even match."""
    asked = board("reset;count=2")
    assert len(struck(asked, [subject(f"inv-{n}") for n in range(5)])) == 2
    (shown,) = asked.report(now_s=0)
    assert (shown["faults"][0]["matched"], shown["faults"][0]["lifted"]) == (2, True)


def test_a_plan_is_lifted_when_its_time_is_over():
    """M5: and says so."""
    asked = board()
    asked.put(named_plan("outage;ttl_s=60"), source="admin", now_s=100.0)
    assert asked.choose(subject(), now_s=159.9) is not None
    assert asked.choose(subject(), now_s=160.0) is None
    (shown,) = asked.report(now_s=160.0)
    assert (shown["source"], shown["in_force_s"], shown["ttl_s"]) == ("admin", 60.0, 60.0)
    assert (shown["lifted"], shown["unused"]) == (True, False)


def test_a_window_counts_from_when_the_plan_was_put_in_force():
    """M5: whatever the clock shows then."""
    asked = board()
    asked.put(named_plan("reset;from_s=10;until_s=20"), source="admin", now_s=1000.0)
    assert [asked.choose(subject(), now_s=now_s) is None for now_s in (1009, 1010, 1020)] == [
        True,
        False,
        True,
    ]


def test_an_unused_fault_is_told():
    """Per plan and per rule: a test whose fault never fired proves nothing."""
    asked = board("response-garbled")
    (shown,) = asked.report(now_s=0)
    assert shown["unused"]
    assert [rule["unused"] for rule in shown["faults"]] == [True, True, True]
    for n in range(20):
        asked.choose(subject(f"inv-{n}"), now_s=0)
    (shown,) = asked.report(now_s=0)
    assert not shown["unused"]
    assert [rule["unused"] for rule in shown["faults"]] == [False, False, False]


def test_a_plan_of_the_same_name_makes_room():
    """And begins to count anew."""
    asked = board("reset", "hang")
    asked.choose(subject(), now_s=0)
    asked.put(named_plan("reset;first=3"), source="admin", now_s=0)
    assert [shown["name"] for shown in asked.report(now_s=0)] == ["hang", "reset"]
    assert asked.report(now_s=0)[1]["unused"]


def test_plans_are_bounded():
    """Each is asked at each call."""
    asked = board(*(f"reset;name=p{n}" for n in range(MAX_PLANS)))
    with pytest.raises(FaultError, match="16 plans are in force already; lift some"):
        asked.put(named_plan("reset;name=more"), source="admin", now_s=0)
    asked.put(named_plan("reset;name=p3"), source="admin", now_s=0)


def test_lifting_takes_one_plan_or_all():
    """And disarms the board with the last."""
    asked = board("reset", "hang", "close")
    assert asked.lift("hang") == ["hang"]
    assert asked.lift("hang") == []
    assert asked.armed
    assert asked.lift() == ["reset", "close"]
    assert not asked.armed
    asked.watch_wallets()
    assert asked.lift() == []
    assert asked.armed, "a payment with a magic wallet is still about"


def test_a_call_may_ask_for_its_own_fault():
    """It is counted on its own, and by no plan."""
    asked = board()
    plan = named_plan("reset;operations=execute_payment;first=1")
    assert asked.choose_single(plan, subject(), now_s=0) is not None
    assert asked.choose_single(plan, subject(attempt=2), now_s=0) is None
    assert asked.choose_single(plan, subject(operation="query_payment"), now_s=0) is None
    assert asked.single == {"reset before": 1}
    assert asked.report(now_s=0) == []
