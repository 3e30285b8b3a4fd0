"""Laws of retries."""

import asyncio

from harness.client import NO_RETRIES, Deadline, RetryBudget, RetryPolicy
from harness.client.retry import BUDGET_TOKENS
from harness.simulation import run_virtual


def test_waits_double_up_to_the_cap_and_half_of_each_is_jitter():
    """Attempt n waits between half and all of min(cap, first · 2ⁿ⁻¹)."""
    policy = RetryPolicy(first_wait_s=1.0, longest_wait_s=3.0)
    for attempt, full_s in ((1, 1.0), (2, 2.0), (3, 3.0), (9, 3.0)):
        assert full_s / 2 <= policy.wait_s("payment", attempt) < full_s


def test_jitter_is_a_function_of_key_and_attempt():
    """The same payment waits the same in every run; two payments do not wait alike."""
    policy = RetryPolicy()
    assert policy.wait_s("a", 1) == RetryPolicy().wait_s("a", 1)
    assert policy.wait_s("a", 1) != policy.wait_s("b", 1)


def test_pause_waits_scaled_time_and_ends_with_the_attempts():
    """Three attempts have two pauses."""

    async def main() -> None:
        loop = asyncio.get_running_loop()
        policy = RetryPolicy(attempts=3, time_scale=0.1)
        assert await policy.pause("k", 1, None)
        assert abs(loop.time() - 0.1 * policy.wait_s("k", 1)) < 1e-6
        assert await policy.pause("k", 2, None)
        assert not await policy.pause("k", 3, None)

    run_virtual(main())


def test_no_retries_means_none():
    """The default makes every call once, and leaves the shared budget alone."""

    async def main() -> None:
        assert not await NO_RETRIES.pause("k", 1, None)

    run_virtual(main())
    assert NO_RETRIES.budget.tokens == BUDGET_TOKENS


def test_no_pause_outlasts_the_deadline():
    """A retry that would begin after the deadline is not waited for."""

    async def main() -> float:
        policy = RetryPolicy(first_wait_s=1.0)
        assert not await policy.pause("k", 1, Deadline.after(policy.wait_s("k", 1)))
        assert await policy.pause("k", 1, Deadline.after(policy.wait_s("k", 1) + 0.01))
        return asyncio.get_running_loop().time()

    assert run_virtual(main()) < 1.0


def test_an_outage_stops_the_retries_of_all_payments_together():
    """500 tokens are 35 retries; then a success must pay some back."""

    async def main() -> None:
        policy = RetryPolicy(attempts=1_000, first_wait_s=0.001)
        retries = 0
        while await policy.pause("k", 1, None):
            retries += 1
        assert retries == BUDGET_TOKENS // 14
        for _ in range(14):
            policy.budget.refund()
        assert await policy.pause("k", 1, None)

    run_virtual(main())


def test_successes_never_fill_the_budget_beyond_its_size():
    """A good year does not allow a storm."""
    budget = RetryBudget()
    budget.refund()
    assert budget.tokens == BUDGET_TOKENS
