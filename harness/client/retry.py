"""When a call may be made again: seldom, not at once, not for ever, and not by everybody.

The budget is that of botocore's standard mode: 500 tokens, 14 for a retry, and what a success pays
back. While the gateway works nobody notices it; in an outage it stops the retries of all payments
together after about 35, so that they do not become the next outage.
"""

import asyncio
from dataclasses import dataclass, field

from harness.client.timeouts import Deadline
from harness.client.tokens.freshness import keyed_share

__all__ = ["BUDGET_TOKENS", "NO_RETRIES", "RetryBudget", "RetryPolicy"]

BUDGET_TOKENS = 500
"""Size of a retry budget; botocore's."""

_RETRY_COST = 14
_SUCCESS_REFUND = 1


@dataclass(slots=True)
class RetryBudget:
    """Share a bounded number of retries among all payments of a client.

    Attributes:
        tokens: what is left.
    """

    tokens: int = BUDGET_TOKENS

    def take(self) -> bool:
        """Pay for one retry; False if there is not enough left."""
        if self.tokens < _RETRY_COST:
            return False
        self.tokens -= _RETRY_COST
        return True

    def refund(self) -> None:
        """Take in that a call succeeded."""
        self.tokens = min(BUDGET_TOKENS, self.tokens + _SUCCESS_REFUND)


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Say how often and how late a call is made again.

    Attributes:
        attempts: calls in all; 1 means no retry.
        first_wait_s: modelled seconds before the second call; doubled for each further one.
        longest_wait_s: modelled seconds, the cap of that.
        time_scale: wall seconds per modelled second.
        budget: shared by all calls under this policy.
    """

    attempts: int = 3
    first_wait_s: float = 0.2
    longest_wait_s: float = 2.0
    time_scale: float = 1.0
    budget: RetryBudget = field(default_factory=RetryBudget)

    def wait_s(self, key: str, attempt: int) -> float:
        """Return modelled seconds between attempt number `attempt` (from 1) and the next.

        Half of it is fixed, half is jitter keyed by `key` and attempt: the same in every run.
        """
        full_s = min(self.longest_wait_s, self.first_wait_s * 2.0 ** (attempt - 1))
        return full_s * (0.5 + keyed_share(f"{key}/{attempt}") / 2)

    async def pause(self, key: str, attempt: int, deadline: Deadline | None) -> bool:
        """Wait before another attempt; False if there must not be one.

        There is none after the last attempt, without budget, or when the deadline would have passed
        by the time it began.
        """
        if attempt >= self.attempts:
            return False
        wait_s = self.wait_s(key, attempt) * self.time_scale
        if deadline is not None and deadline.remaining_s() <= wait_s:
            return False
        if not self.budget.take():
            return False
        await asyncio.sleep(wait_s)
        return True


NO_RETRIES = RetryPolicy(attempts=1)
"""Make every call once. It never touches its budget, so that sharing it is harmless."""
