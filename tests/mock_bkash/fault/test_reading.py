"""Fault plans from what a person wrote."""

import math
from typing import Any

import pytest
from hypothesis import given, strategies as st

from mock_bkash.call_name import GATEWAY_OPERATIONS
from mock_bkash.document import Section, Source, read_toml
from mock_bkash.fault import Fault, FaultError, FaultPlan, Kind, Match, Moment, Rule, read_plan
from mock_bkash.fault.kind import SPECS
from mock_bkash.fault.reading import MAX_RULES


def read(text: str) -> FaultPlan:
    return read_plan(read_toml(text, name="bad.toml", error=FaultError), default_name="mine")


def test_the_documented_plan_is_read():
    """Every condition that there is."""
    plan = read(
        """
        name = "bad-evening"
        ttl_s = 600
        [[faults]]
        fault = "reset"
        moment = "after"
        operations = ["execute_payment"]
        probability = 0.1
        first = 1
        count = 20
        from_s = 60
        until_s = 360
        ramp_s = 30
        match = { invoice = "inv-*", wallet = "0177*" }
        """
    )
    assert (plan.name, plan.ttl_s) == ("bad-evening", 600.0)
    assert plan.rules == (
        Rule(
            fault=Fault(kind=Kind.RESET, moment=Moment.AFTER),
            operations=frozenset({"execute_payment"}),
            probability=0.1,
            first=1,
            count=20,
            from_s=60.0,
            until_s=360.0,
            ramp_s=30.0,
            match=Match(invoice="inv-*", wallet="0177*"),
        ),
    )


def test_what_is_left_out_is_always_and_everything():
    """But for the callback, which is no call."""
    (rule,) = read('[[faults]]\nfault = "close"').rules
    assert rule.operations == frozenset(GATEWAY_OPERATIONS)
    assert (rule.probability, rule.first, rule.count) == (1.0, None, None)
    assert (rule.from_s, rule.until_s, rule.ramp_s) == (0.0, math.inf, 0.0)
    assert read('[[faults]]\nfault = "close"').name == "mine"


PARAMETERS: dict[str, Any] = {
    "seconds": 3,
    "status": 503,
    "message": "no",
    "retry_after": "Wed, 21 Oct 2026 07:28:00 GMT",
    "code": "2023",
    "answer": "first",
    "bytes_per_s": 10,
    "share": 0.1,
    "size_bytes": 1000,
    "field": "amount",
    "value": "1",
}


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_takes_its_own_parameters_and_no_others(kind: Kind):
    """A parameter that would do nothing is a mistake."""
    spec = SPECS[kind]
    own = {name: PARAMETERS[name] for name in (*spec.needs, *spec.takes)}
    source = Source("", "", FaultError)
    table = {"faults": [{"fault": str(kind), **own}]}
    (rule,) = read_plan(Section(table, source=source), default_name="x").rules
    assert all(getattr(rule.fault, name) == value for name, value in own.items())
    for name in PARAMETERS:
        if name not in own:
            table = {"faults": [{"fault": str(kind), **own, name: PARAMETERS[name]}]}
            with pytest.raises(FaultError, match=rf"faults\[0\]\.{name}: is not known here"):
                read_plan(Section(table, source=source), default_name="x")
    for name in spec.needs:
        table = {"faults": [{"fault": str(kind), **own}]}
        del table["faults"][0][name]
        with pytest.raises(FaultError, match=rf"faults\[0\]\.{name}: must be .* got nothing"):
            read_plan(Section(table, source=source), default_name="x")


def test_the_defaults_of_parameters_are_the_documented_ones():
    """An hour of silence, ten megabytes, a hundred."""
    kinds = "hang", "html", "huge", "gzip_bomb", "dribble", "truncate", "duplicate"
    plan = read("\n".join(f'[[faults]]\nfault = "{kind}"' for kind in kinds))
    hang, html, huge, bomb, dribble, truncate, duplicate = (rule.fault for rule in plan.rules)
    assert (hang.seconds, html.status) == (3600.0, 200)
    assert (huge.size_bytes, bomb.size_bytes) == (10_000_000, 100_000_000)
    assert (dribble.bytes_per_s, truncate.share, duplicate.answer) == (1.0, 0.5, "second")


F = "[[faults]]\n"
R = F + 'fault = "reset"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"bad\.toml: faults: must be a list that is not empty, got nothing"),
        ("faults = 3", r"faults: must be a list of tables, got 3 \(at line 1\)"),
        ("fault = 3", r"fault: is not known here, did you mean 'faults'\?"),
        ('name = "A B"\n' + R, r"name: must be up to 64 lower-case letters.*got 'A B' \(at line 1"),
        ("ttl_s = -1\n" + R, r"ttl_s: must be a finite number, 0 or more, got -1 \(at line 1\)"),
        (F, r"faults\[0\]\.fault: must be one of reset, close, .*got nothing \(at line 1\)"),
        (F + 'fault = "rest"', r"faults\[0\]\.fault: .*did you mean 'reset'\?.*\(at line 2\)"),
        (R + F + "fault = 3", r"faults\[1\]\.fault: must be one of .*got 3 \(at line 4\)"),
        (R + 'moment = "during"', r"faults\[0\]\.moment: must be one of before, after"),
        (F + 'fault = "lag"\nmoment = "before"', r"moment: must be one of after.*got 'before'"),
        (R + "probability = 1.1", r"probability: must be a finite number, from 0 to 1, got 1.1"),
        (R + "probability = nan", r"probability: must be a finite number"),
        (R + "first = 0", r"first: must be a whole number from 1"),
        (R + "count = 1.5", r"count: must be a whole number from 1"),
        (R + "from_s = 5\nuntil_s = 5", r"until_s: must be above from_s, got 5 \(at line 4\)"),
        (R + "until_s = 0", r"until_s: must be above from_s"),
        (R + "ramp_s = inf", r"ramp_s: must be a finite number"),
        (R + 'operations = "all"', r"operations: must be a list that is not empty"),
        (R + 'operations = ["execute"]', r"operations\[0\]: must be one of .*'execute_payment'"),
        (
            F + 'fault = "token_revoked"\noperations = ["token_grant"]',
            r"faults\[0\]\.operations\[0\]: must be one of",
        ),
        (R + 'match = {invoce = "x"}', r"match\.invoce: is not known here, did you mean 'invoice'"),
        (R + "match = {invoice = 3}", r"match\.invoice: must be a text that is not empty, got 3"),
        (F + 'fault = "status"\nstatus = 200', r"status: must be a whole number from 400 to 599"),
        (F + 'fault = "html"\nstatus = 100', r"status: must be a whole number from 200 to 599"),
        (F + 'fault = "code"\ncode = "1"', r"code: must be one of 0000, 503"),
        (F + 'fault = "truncate"\nshare = 1', r"share: must be a finite number, from 0 to 0.999"),
        (F + 'fault = "huge"\nsize_bytes = 2000000000', r"size_bytes: must be a whole number"),
        (F + 'fault = "dribble"\nbytes_per_s = 0', r"bytes_per_s: must be a finite number, from"),
        (F + 'fault = "delay"\nseconds = -1', r"seconds: must be a finite number, 0 or more"),
        (F + 'fault = "duplicate"\nanswer = "third"', r"answer: must be one of first, second"),
        (F + 'fault = "alter"\nfield = "x"\nvalue = [1]', r"value: must be a text, a number, true"),
        (
            F + 'fault = "status"\nstatus = 429\nretry_after = "a\\r\\nb"',
            r"retry_after: must be at most 1000 printable signs",
        ),
        (
            F + f'fault = "alter"\nfield = "{"x" * 1001}"',
            r"field: must be at most 1000 printable signs",
        ),
        (R * (MAX_RULES + 1), r"faults: must be at most 64 rules"),
    ],
)
def test_a_broken_plan_is_told_by_its_place(text: str, message: str):
    """File, field and line, what is expected and what stands there; on one line."""
    with pytest.raises(FaultError, match=message) as caught:
        read(text)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("bad.toml: ")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ["fault", "moment", "operations", "probability", "first", "from_s", "until_s", "match"]
) | st.sampled_from(sorted(PARAMETERS))
KINDS = st.sampled_from([str(kind) for kind in Kind])


@given(rules=st.lists(st.dictionaries(NAMES, VALUES | KINDS, max_size=6), max_size=3))
def test_no_plan_whatever_makes_it_stumble(rules: list[dict[str, Any]]):
    """It is read, or told what is wrong with it."""
    try:
        section = Section({"faults": rules}, source=Source("", "", FaultError))
        plan = read_plan(section, default_name="x")
    except FaultError:
        return
    assert all(rule.operations for rule in plan.rules)
