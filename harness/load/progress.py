"""How far a load run is, as JSON lines that one process prints and another reads.

{"event":"start","origin_ns":…,"planned":280,"due":0,…}
{"event":"progress",…}                                    about once a second
{"event":"end",…}                                         the last line; absent after a crash
"""

from enum import StrEnum

import msgspec

__all__ = ["Progress", "ProgressEvent", "read_progress"]


class ProgressEvent(StrEnum):
    """Name the kinds of line."""

    START = "start"
    PROGRESS = "progress"
    END = "end"


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """One line. Counts are of journeys, over all variants, warm-up included, since the start.

    Attributes:
        event: the kind of line.
        origin_ns: the run's start on the machine's monotonic clock; samples count from it.
        elapsed_s: wall seconds since then; a little below 0 in the first line.
        arrivals_s: wall seconds that all arrivals take.
        planned: journeys of the whole plan.
        due: journeys whose arrival is over.
        started: journeys that have set out; far less than `due` is a late generator.
        finished: journeys that ended, well or not.
        failed: journeys that ended with a request that failed (abandoned ones too).
        lag_ms_max: largest difference of actual and intended start of any request, ms.
        cpu: share of one core used since the line before.
        cpu_mean: share of one core used since the start.
        complete: in the last line: True where every journey ended by itself.
    """

    event: ProgressEvent
    origin_ns: int
    elapsed_s: float
    arrivals_s: float
    planned: int
    due: int = 0
    started: int = 0
    finished: int = 0
    failed: int = 0
    lag_ms_max: float = 0.0
    cpu: float = 0.0
    cpu_mean: float = 0.0
    complete: bool = False

    def line(self) -> str:
        """Return the line, without its end."""
        return msgspec.json.encode(self).decode()


def read_progress(line: str | bytes) -> Progress | None:
    """Return what a line says; None for a line that is none of ours."""
    try:
        return msgspec.json.decode(line, type=Progress)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
