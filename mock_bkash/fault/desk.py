"""A board per app key, there before the app key is known, so that a test can prepare."""

from collections.abc import Sequence
from typing import Final

from mock_bkash.fault.board import FaultBoard
from mock_bkash.fault.plan import FaultError, FaultPlan

__all__ = ["FaultDesk"]

MAX_BOARDS: Final = 2_000
"""As many as there may be app keys, and as many again that nobody has called with yet."""


class FaultDesk:
    """Keep the fault boards of all app keys."""

    __slots__ = ("_boards", "_fired", "_plans", "_seed")

    def __init__(self, *, seed: int, plans: Sequence[FaultPlan] = ()) -> None:
        """Let `plans` be in force for every app key, counted for each on its own."""
        self._seed = seed
        self._plans = tuple(plans)
        self._boards: dict[str, FaultBoard] = {}
        self._fired: set[tuple[str, int]] = set()

    def board(self, app_key: str) -> FaultBoard:
        """Return the board of an app key; a fresh one with the plans of the start, if need be."""
        board = self._boards.get(app_key)
        if board is None:
            board = self._boards[app_key] = FaultBoard(
                seed=self._seed, plans=self._plans, fired=self._fired
            )
        return board

    def prepare(self, app_key: str) -> FaultBoard:
        """Return the board of an app key that need not be known yet.

        Raises:
            FaultError: there are too many.
        """
        if app_key not in self._boards and len(self._boards) >= MAX_BOARDS:
            raise FaultError(f"{MAX_BOARDS} app keys have faults already; reset some")
        return self.board(app_key)

    def idle(self, plan: FaultPlan) -> list[int]:
        """Return which rules (from 0) of a plan of the start never struck, for any app key."""
        return [i for i in range(len(plan.rules)) if (plan.name, i) not in self._fired]

    def app_keys(self) -> tuple[str, ...]:
        """Return the app keys that have a board, oldest first."""
        return tuple(self._boards)

    def forget(self, app_key: str | None = None) -> list[str]:
        """Drop the board of an app key, or all of them, and return whose they were."""
        forgotten = [key for key in self._boards if app_key in (None, key)]
        for key in forgotten:
            del self._boards[key]
        return forgotten
