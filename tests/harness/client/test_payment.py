"""Laws of the words in which payments are spoken of."""

import dataclasses

import pytest

from harness.client import (
    Completed,
    Declined,
    ExecuteResult,
    StillUnknown,
    Terms,
    TransactionStatus,
)


def test_the_results_of_an_execute_are_a_closed_set():
    """Whoever matches these three has missed nothing."""
    assert set(ExecuteResult.__args__) == {Completed, Declined, StillUnknown}


def test_terms_cannot_be_changed_after_they_were_agreed():
    """What an answer is checked against is what was asked."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        Terms(amount_poisha=100, invoice="inv").amount_poisha = 1


@pytest.mark.parametrize("status", TransactionStatus)
def test_only_completed_sounds_like_money(status: TransactionStatus):
    """No other status can be taken for a payment."""
    assert (status == "Completed") == (status is TransactionStatus.COMPLETED)
