"""A task that keeps the token fresh while nobody pays: the guide's cron job, inside the process."""

import asyncio
import logging

from harness.client.tokens import BACKGROUND_RENEW_AT, TokenSource, WarmReport, Warmth

__all__ = ["BackgroundRefresher"]

_SHORTEST_PAUSE_S = 0.1
"""Shortest time between two looks at the token, modelled: a clock that stands still must not make
the task spin."""

_PAUSE_AFTER_FAILURE_S = 5.0
"""Time until the next look after something went wrong that is not the gateway's, modelled."""

_log = logging.getLogger(__name__)


class BackgroundRefresher:
    """Renew the token at 45 of its 60 minutes, until stopped, whatever goes wrong meanwhile."""

    def __init__(
        self,
        tokens: TokenSource,
        *,
        renew_at: float = BACKGROUND_RENEW_AT,
        time_scale: float = 1.0,
    ) -> None:
        """Prepare; nothing happens before `start`.

        Args:
            tokens: what to keep fresh.
            renew_at: share of a token's life in (0, 1] at which it is renewed.
            time_scale: wall seconds per modelled second.
        """
        self._tokens = tokens
        self._renew_at = renew_at
        self._time_scale = time_scale
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, with a first look at once; a second start changes nothing."""
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """End; returns when the task has ended, and may be called again."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait((task,))

    async def _run(self) -> None:
        while True:
            report = await self._look()
            pause_s = _PAUSE_AFTER_FAILURE_S
            if report is not None:
                if report.warmth is Warmth.NOTHING_TO_WARM:
                    return
                if report.warmth is Warmth.FAILED:
                    _log.warning("token not renewed: %s", report.detail)
                pause_s = report.due_s if report.due_s is not None else pause_s
            await asyncio.sleep(max(_SHORTEST_PAUSE_S, pause_s) * self._time_scale)

    async def _look(self) -> WarmReport | None:
        # A task of its own for each look: whatever a store raises ends the look and not the
        # refresher, and its name is logged without its text, which could quote a row.
        look = asyncio.create_task(self._tokens.warm(renew_at=self._renew_at))
        try:
            await asyncio.wait((look,))
        except asyncio.CancelledError:
            look.cancel()
            await asyncio.wait((look,))
            raise
        error = look.exception()
        if error is None:
            return look.result()
        _log.warning("token not renewed: %s", type(error).__name__)
        return None
