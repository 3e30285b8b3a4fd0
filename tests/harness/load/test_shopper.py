"""Shoppers: who arrives, and for which course."""

import pytest
from hypothesis import given, strategies as st

from harness.errors import ConfigurationError
from harness.load.shopper import Crowd
from harness.trace import trace_id


@given(st.integers(0, 2**40), st.integers(1, 40), st.integers(1, 40))
def test_pairs_are_a_permutation(seed: int, users: int, courses: int) -> None:
    """Every pair of user and course comes exactly once before any comes again: never twice."""
    crowd = Crowd(seed, users=users, courses=courses)
    pairs = {
        (shopper.user_id, shopper.course_id)
        for shopper in map(crowd.shopper, range(users * courses))
    }
    assert pairs == {(u, c) for u in range(1, users + 1) for c in range(1, courses + 1)}


def test_all_fifty_thousand_pairs_are_used_once() -> None:
    """The default crowd has 1,000 users and 50 courses."""
    crowd = Crowd(1)
    pairs = {(s.user_id, s.course_id) for s in map(crowd.shopper, range(50_000))}
    assert len(pairs) == 50_000
    assert {user for user, _ in pairs} == set(range(1, 1001))
    assert {course for _, course in pairs} == set(range(1, 51))


@pytest.mark.parametrize("arrival", [50_000, 50_001, -1])
def test_arrival_beyond_the_pairs_is_refused(arrival: int) -> None:
    """Nobody may buy twice, so an arrival without a pair is an error that says what to do."""
    with pytest.raises(ConfigurationError, match=r"50000 pairs.*fresh database"):
        Crowd(1).shopper(arrival)


def test_neighbours_differ_and_seeds_differ() -> None:
    """Consecutive arrivals are no consecutive users, and another seed is another order."""
    first = [Crowd(1).shopper(i).user_id for i in range(20)]
    second = [Crowd(2).shopper(i).user_id for i in range(20)]
    assert first != second
    assert len(set(first)) > 15
    assert first != sorted(first)


def test_shopper_is_the_payment_of_the_trace() -> None:
    """The trace id is the one that seed and arrival give everywhere."""
    shopper = Crowd(9).shopper(3)
    assert shopper.trace_id == trace_id(seed=9, arrival=3)
    assert shopper.email.endswith(".invalid")
    assert len(shopper.phone) == 11
    assert shopper.name
