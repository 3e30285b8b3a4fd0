"""Which call of its kind."""

import pytest

from mock_bkash import attempt as attempt_module
from mock_bkash.attempt import Attempts


def test_calls_are_counted_per_operation_and_payment():
    """From 1, each on its own."""
    attempts = Attempts()
    assert [attempts.next(operation="execute_payment", key="a") for _ in range(3)] == [1, 2, 3]
    assert attempts.next(operation="execute_payment", key="b") == 1
    assert attempts.next(operation="query_payment", key="a") == 1


def test_the_oldest_payment_is_forgotten_first(monkeypatch: pytest.MonkeyPatch):
    """Memory is bounded; only a payment pushed out by as many others counts from 1 again."""
    monkeypatch.setattr(attempt_module, "MAX_KEYS", 2)
    attempts = Attempts()
    counted = [attempts.next(operation="x", key=key) for key in ("a", "b", "a", "c", "b", "a")]
    assert counted == [1, 1, 2, 1, 2, 1]


def test_a_payment_whose_calls_are_over_can_be_forgotten():
    """In every operation; others stay as they are."""
    attempts = Attempts()
    for operation, key in (("x", "a"), ("x", "b"), ("y", "a")):
        attempts.next(operation=operation, key=key)
    attempts.forget("a")
    attempts.forget("never called")
    assert attempts.next(operation="x", key="a") == 1
    assert attempts.next(operation="y", key="a") == 1
    assert attempts.next(operation="x", key="b") == 2
