"""What the processes of a run used: memory and processor time, looked at once a second."""

import asyncio
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

from harness.clock import NS_PER_S, now_ns

__all__ = ["INTERVAL_S", "WINDOW_S", "Meter", "Usage"]

INTERVAL_S = 1.0
"""Between two looks: ten processes cost 2 ms a look, 0.2 % of a core."""

WINDOW_S = 5.0
"""A processor share is a mean over this long: shorter ones catch a garbage collection."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Hold what one process used while it was metered.

    Attributes:
        memory_bytes: largest resident set seen.
        cpu_s: processor time, user and system.
        cpu_share: processor time per wall second over the whole time metered, 1.0 is one core.
        cpu_share_peak: largest mean share over `WINDOW_S`; None if it was metered for less.
    """

    memory_bytes: int
    cpu_s: float
    cpu_share: float
    cpu_share_peak: float | None


@dataclass(slots=True)
class _Track:
    process: psutil.Process
    first: tuple[int, float] | None = None
    last: tuple[int, float] = (0, 0.0)
    memory_bytes: int = 0
    peak: float | None = None
    window: deque[tuple[int, float]] = field(default_factory=deque)


class Meter:
    """Look at processes from time to time, each from the first look at it on."""

    def __init__(self) -> None:
        self._tracks: dict[str, _Track] = {}

    def add(self, processes: Mapping[str, int]) -> None:
        """Look at these process ids too, by name; one that has ended already is passed over."""
        for name, pid in processes.items():
            with suppress(psutil.NoSuchProcess):
                self._tracks[name] = _Track(psutil.Process(pid))
        self.look()

    async def run(self) -> None:
        """Look every `INTERVAL_S` until cancelled."""
        while True:
            self.look()
            await asyncio.sleep(INTERVAL_S)

    def look(self) -> None:
        """Look at every process now; one that has ended keeps what was seen last."""
        time_ns = now_ns()
        for track in self._tracks.values():
            with suppress(psutil.NoSuchProcess, psutil.ZombieProcess), track.process.oneshot():
                cpu = track.process.cpu_times()
                memory_bytes = track.process.memory_info().rss
                _note(track, time_ns, cpu.user + cpu.system, memory_bytes)

    def usage(self, name: str) -> Usage | None:
        """Return what the process used so far; None if it was never seen."""
        track = self._tracks.get(name)
        if track is None or track.first is None:
            return None
        return Usage(
            memory_bytes=track.memory_bytes,
            cpu_s=track.last[1] - track.first[1],
            cpu_share=_share(track.first, track.last),
            cpu_share_peak=track.peak,
        )


def _note(track: _Track, time_ns: int, cpu_s: float, memory_bytes: int) -> None:
    point = (time_ns, cpu_s)
    track.first = track.first or point
    track.last = point
    track.memory_bytes = max(track.memory_bytes, memory_bytes)
    track.window.append(point)
    # The window keeps the newest point that is at least WINDOW_S old as its first.
    while len(track.window) > 1 and time_ns - track.window[1][0] >= WINDOW_S * NS_PER_S:
        track.window.popleft()
    if time_ns - track.window[0][0] >= WINDOW_S * NS_PER_S:
        track.peak = max(track.peak or 0.0, _share(track.window[0], point))


def _share(start: tuple[int, float], end: tuple[int, float]) -> float:
    elapsed_ns = end[0] - start[0]
    return (end[1] - start[1]) * NS_PER_S / elapsed_ns if elapsed_ns > 0 else 0.0
