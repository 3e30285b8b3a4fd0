"""Two token calls an hour."""

import pytest
from hypothesis import given, strategies as st

from mock_bkash.token_budget import TOKEN_CALLS, WINDOW_S, TokenBudget


@pytest.mark.parametrize(
    ("times_s", "allowed"),
    [
        ([0, 1], [True, True]),
        ([0, 1, 2], [True, True, False]),
        ([0, 1, 3599], [True, True, False]),
        ([0, 1, 3600], [True, True, True]),
        ([0, 1, 2, 3601.9], [True, True, False, False]),
        ([0, 1, 2, 3602], [True, True, False, True]),
        ([0, 1, 2, 1800, 3602], [True, True, False, False, True]),
        ([0, 3000, 3600, 6599], [True, True, True, False]),
    ],
)
def test_the_third_call_within_an_hour_begins_a_block_of_one(times_s, allowed):
    """Calls during the block do not lengthen it."""
    budget = TokenBudget()
    assert [budget.spend(float(now_s)) for now_s in times_s] == allowed
    assert budget.over_limit == allowed.count(False)


def test_blocks_are_counted():
    """Two of them, an hour and more apart."""
    budget = TokenBudget()
    for now_s in (0.0, 1.0, 2.0, 3.0, 3602.0, 3603.0, 3604.0):
        budget.spend(now_s)
    assert (budget.blocks, budget.over_limit, budget.blocked_until_s) == (2, 3, 7204.0)


@given(gaps_s=st.lists(st.floats(0, 4000), max_size=60))
def test_no_hour_allows_more_than_two_calls(gaps_s: list[float]):
    """Whatever the calls' times."""
    budget, now_s, allowed = TokenBudget(), 0.0, []
    for gap_s in gaps_s:
        now_s += gap_s
        if budget.spend(now_s):
            allowed.append(now_s)
    triples = zip(allowed, allowed[TOKEN_CALLS:], strict=False)
    assert all(third - first >= WINDOW_S for first, third in triples)
