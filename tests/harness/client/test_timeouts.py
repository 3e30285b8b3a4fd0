"""Laws of timeouts and deadlines."""

import asyncio

import pytest

from harness.client import DOCUMENTED_TIMEOUTS, TIGHT_TIMEOUTS, Deadline, Timeouts
from harness.simulation import run_virtual


def test_without_the_optimization_bkashs_documented_30_s_hold():
    """A shop that sets nothing waits as long as bKash asks it to."""
    assert Timeouts(payment_s=30.0, token_s=30.0, checkout_s=None) == DOCUMENTED_TIMEOUTS


def test_the_guides_timeouts_are_10_s_and_15_s():
    """The numbers are the guide's; the deadline holds one call of each."""
    assert (TIGHT_TIMEOUTS.payment_s, TIGHT_TIMEOUTS.token_s) == (10.0, 15.0)
    assert TIGHT_TIMEOUTS.checkout_s is not None
    assert TIGHT_TIMEOUTS.checkout_s >= 25.0


@pytest.mark.parametrize("bad", [0.0, -1.0, float("inf"), float("nan")])
@pytest.mark.parametrize("field", ["payment_s", "token_s", "checkout_s"])
def test_a_timeout_that_bounds_nothing_is_refused(field: str, bad: float):
    """Zero, negative, endless and not-a-number are mistakes."""
    with pytest.raises(ValueError, match="positive"):
        Timeouts(**{field: bad})


def test_each_attempt_gets_what_is_left_of_the_deadline():
    """A deadline is a moment, not a duration; after it nothing is left."""

    async def main() -> None:
        deadline = Deadline.after(10.0, time_scale=0.5)
        assert deadline.remaining_s() == 5.0
        await asyncio.sleep(3.0)
        assert deadline.remaining_s() == 2.0
        await asyncio.sleep(3.0)
        assert deadline.remaining_s() == -1.0

    run_virtual(main())
