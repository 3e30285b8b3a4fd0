"""Shuts the server's door when fault plans say so, and knows which of them it did.

The door is the whole server's. So its times go by the loop, from the moment a plan was put in
force; for the plans of the start, which are in force for everybody, from the first request on. No
app key's clock moves them.
"""

import asyncio
from collections.abc import Sequence
from typing import Final

from mock_bkash.asgi import Scope
from mock_bkash.door import DOOR_KEY, Door
from mock_bkash.fault import FaultPlan, Shutting

__all__ = ["Doorman", "door_of"]

EVERYBODY: Final = ""
"""Whose the plans of the start are, in place of an app key."""

_Standing = tuple[str, str]


class Doorman:
    """Keep the appointments of plans with the door.

    Attributes:
        is_waiting: whether the first request is still to come, and begins something.
    """

    __slots__ = ("_done", "_handles", "_plans", "_time_scale", "is_waiting")

    def __init__(self, *, plans: Sequence[FaultPlan], time_scale: float) -> None:
        """Take the plans of the start, and wall seconds per modelled second."""
        self._plans = tuple(plan for plan in plans if plan.door)
        self._time_scale = time_scale
        self._handles: dict[_Standing, list[asyncio.TimerHandle]] = {}
        self._done: dict[_Standing, set[int]] = {}
        self.is_waiting = bool(self._plans)

    def greet(self, scope: Scope) -> None:
        """Begin the plans of the start, if the request came in by a door."""
        door = door_of(scope)
        if door is not None:
            self.is_waiting = False
            for plan in self._plans:
                self.begin(EVERYBODY, plan, door)

    def begin(self, app_key: str, plan: FaultPlan, door: Door) -> None:
        """Shut the door at a plan's times, counted from now."""
        standing = (app_key, plan.name)
        self.dismiss(*standing)
        loop = asyncio.get_running_loop()
        scale = self._time_scale
        self._handles[standing] = [
            loop.call_later(times.shut_after_s * scale, self._shut, standing, index, times, door)
            for index, times in enumerate(plan.door)
            if plan.ttl_s is None or times.shut_after_s < plan.ttl_s
        ]

    def dismiss(self, app_key: str, name: str) -> None:
        """Forget a plan of an app key; a door that it has shut already opens at its time."""
        self._done.pop((app_key, name), None)
        for handle in self._handles.pop((app_key, name), ()):
            handle.cancel()

    def forget(self, app_key: str) -> None:
        """Forget all plans of an app key."""
        for key, name in (*self._handles, *self._done):
            if key == app_key:
                self.dismiss(key, name)

    def done(self, app_key: str | None, plan_name: str) -> frozenset[int]:
        """Return which of a plan's shuttings (from 0) came to pass; None: a plan of the start."""
        key = EVERYBODY if app_key is None else app_key
        return frozenset(self._done.get((key, plan_name), ()))

    def _shut(self, standing: _Standing, index: int, shutting: Shutting, door: Door) -> None:
        self._done.setdefault(standing, set()).add(index)
        door.shut(shutting.shut_s * self._time_scale)


def door_of(scope: Scope) -> Door | None:
    """Return the door that a request came in by; None where there is no server of our own."""
    door: Door | None = scope.get("state", {}).get(DOOR_KEY)
    return door
