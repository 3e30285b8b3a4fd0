"""How often a merchant may ask for tokens: twice an hour, and who asks again is blocked for one.

Sources: bKash's integration team ("can only be called twice per hour"), its token documentation
("more than two times within an hour … blocked for one hour"). They mean different calls, so grant
and refresh share the budget unless a quirk says otherwise. Assumed, because nobody says: a call
that was refused does not lengthen the block, and the block is for token calls only.
"""

from collections import deque
from typing import Final

__all__ = ["TOKEN_CALLS", "WINDOW_S", "TokenBudget"]

TOKEN_CALLS: Final = 2
"""Calls that an hour allows."""

WINDOW_S: Final = 3600.0
"""The hour, and the length of a block."""


class TokenBudget:
    """Count token calls against the limit.

    Attributes:
        over_limit: calls that came too often, or during a block.
        blocks: how often a block began.
        blocked_until_s: when the last block ends, on the clock of the app key; 0: there was none.
        spent_s: when the last allowed calls came, on that clock.
    """

    __slots__ = ("blocked_until_s", "blocks", "over_limit", "spent_s")

    def __init__(self) -> None:
        self.over_limit = 0
        self.blocks = 0
        self.blocked_until_s = 0.0
        self.spent_s: deque[float] = deque(maxlen=TOKEN_CALLS)

    def spend(self, now_s: float) -> bool:
        """Note a call, and return whether the limit allows it.

        `now_s` is modelled seconds since the app key became known.
        """
        if now_s >= self.blocked_until_s:
            spent = self.spent_s
            if len(spent) < TOKEN_CALLS or now_s - spent[0] >= WINDOW_S:
                spent.append(now_s)
                return True
            self.blocked_until_s = now_s + WINDOW_S
            self.blocks += 1
        self.over_limit += 1
        return False
