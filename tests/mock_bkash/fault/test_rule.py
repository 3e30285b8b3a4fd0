"""When a fault happens."""

import math
from typing import Any

import pytest

from mock_bkash.fault import Fault, Kind, Match, Moment, Rule, Subject

RESET = Fault(kind=Kind.RESET, moment=Moment.AFTER)
DELAY = Fault(kind=Kind.DELAY, moment=Moment.BEFORE, seconds=8.0)
LAG = Fault(kind=Kind.LAG, moment=Moment.AFTER, seconds=30.0)


def rule(fault: Fault = RESET, **conditions: Any) -> Rule:
    operations = frozenset({"execute_payment", "query_payment"})
    return Rule(fault=fault, operations=operations, **conditions)


def subject(**changes: Any) -> Subject:
    usual: dict[str, Any] = {
        "operation": "execute_payment",
        "key": "inv-1",
        "attempt": 1,
        "app_key": "shop",
        "invoice": "inv-1",
        "payment_id": "TR1",
        "wallets": ("01770618575", "ref"),
    }
    return Subject(**{**usual, **changes})


@pytest.mark.parametrize(
    ("conditions", "changes", "covered"),
    [
        ({}, {}, True),
        ({}, {"operation": "create_payment"}, False),
        ({"first": 2}, {"attempt": 2}, True),
        ({"first": 2}, {"attempt": 3}, False),
        ({"match": Match(invoice="inv-*")}, {}, True),
        ({"match": Match(invoice="inv-?")}, {"invoice": "inv-17"}, False),
        ({"match": Match(invoice="INV-1")}, {}, False),
        ({"match": Match(payment_id="TR1")}, {}, True),
        ({"match": Match(payment_id="TR2")}, {}, False),
        ({"match": Match(app_key="shop")}, {}, True),
        ({"match": Match(app_key="other")}, {}, False),
        ({"match": Match(wallet="ref")}, {}, True),
        ({"match": Match(wallet="0177*")}, {}, True),
        ({"match": Match(wallet="019*")}, {}, False),
        ({"match": Match(wallet="*")}, {"wallets": ()}, False),
        ({"match": Match(invoice="inv-1", wallet="nobody")}, {}, False),
    ],
)
def test_all_conditions_have_to_hold(
    conditions: dict[str, Any], changes: dict[str, Any], covered: bool
):
    """Operation, attempt, and what the call is about; letters in their case."""
    assert rule(**conditions).covers(subject(**changes), age_s=0.0) is covered


@pytest.mark.parametrize(
    ("age_s", "covered"), [(9.9, False), (10, True), (19.9, True), (20, False)]
)
def test_a_window_begins_with_its_first_moment_and_ends_before_its_last(
    age_s: float, covered: bool
):
    """Two windows that touch do not overlap."""
    assert rule(from_s=10, until_s=20).covers(subject(), age_s=age_s) is covered


@pytest.mark.parametrize(("age_s", "probability"), [(10, 0.0), (15, 0.2), (20, 0.4), (1000, 0.4)])
def test_a_ramp_raises_the_probability(age_s: float, probability: float):
    """From nothing at the beginning of the window to all of it."""
    ramped = rule(from_s=10, ramp_s=10, probability=0.4)
    assert ramped.probability_at(age_s) == pytest.approx(probability)
    assert ramped.fault_at(age_s) == RESET


@pytest.mark.parametrize(("age_s", "seconds"), [(0, 0.0), (15, 2.0), (60, 8.0), (1000, 8.0)])
def test_a_ramp_raises_the_length_of_a_delay(age_s: float, seconds: float):
    """R29: everybody becomes slower, not more and more are slow."""
    ramped = rule(DELAY, ramp_s=60, probability=0.4)
    assert ramped.probability_at(age_s) == 0.4
    assert ramped.fault_at(age_s).seconds == seconds


@pytest.mark.parametrize(
    ("executed_s_ago", "covered"), [(None, False), (0.0, True), (29.9, True), (30.0, False)]
)
def test_query_lags_only_behind_an_execute(executed_s_ago: float | None, covered: bool):
    """R10: and for so long."""
    asked = subject(operation="query_payment", executed_s_ago=executed_s_ago)
    assert rule(LAG).covers(asked, age_s=0) is covered


def test_a_rule_is_written_as_it_is_read():
    """A manifest and the admin API show all of it."""
    written = rule(DELAY, first=1, from_s=5, match=Match(wallet="017*")).to_dict()
    assert written == {
        "fault": "delay",
        "moment": "before",
        "seconds": 8.0,
        "operations": ["execute_payment", "query_payment"],
        "probability": 1.0,
        "first": 1,
        "count": None,
        "from_s": 5,
        "until_s": None,
        "ramp_s": 0.0,
        "match": {"wallet": "017*"},
    }
    assert rule(until_s=9).to_dict()["until_s"] == 9
    assert math.isinf(rule().until_s)
