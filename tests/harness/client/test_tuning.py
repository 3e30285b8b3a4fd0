"""Laws of the numbers behind the optimizations."""

import pytest

from harness.client import AS_IN_THE_GUIDE, TIGHT_TIMEOUTS, Tuning


def test_untouched_it_is_the_guide():
    """10 s for payments, 15 s for tokens, one deadline of 30 s; 55 and 45 of 60 minutes."""
    assert AS_IN_THE_GUIDE.timeouts == TIGHT_TIMEOUTS
    assert AS_IN_THE_GUIDE.early_renew_at == pytest.approx(55 / 60)
    assert AS_IN_THE_GUIDE.background_renew_at == pytest.approx(45 / 60)


def test_a_longer_timeout_moves_the_deadline_with_it():
    """Otherwise the deadline would cut off what the timeout allows."""
    timeouts = Tuning(payment_timeout_s=25).timeouts
    assert timeouts.payment_s == 25
    assert timeouts.checkout_s == 45


@pytest.mark.parametrize(
    "wrong",
    [
        {"payment_timeout_s": 0},
        {"payment_timeout_s": float("nan")},
        {"payment_timeout_s": float("inf")},
        {"early_renew_at": 0},
        {"early_renew_at": 1.01},
        {"background_renew_at": float("nan")},
        {"background_renew_at": -0.5},
    ],
    ids=str,
)
def test_numbers_that_mean_nothing_are_refused_by_name(wrong):
    """The message begins with the attribute."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Tuning(**wrong)
