"""Timings of somebody's production: seconds by operation, and what could not be used."""

from dataclasses import dataclass, field

from harness.errors import ConfigurationError

__all__ = ["MAX_SECONDS", "Timings", "check_seconds"]

MAX_SECONDS = 600.0
"""Longest time of one operation that is believed: bKash asks merchants to wait for 30 s, so that
ten minutes are milliseconds that somebody took for seconds."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Hold what a file says.

    Attributes:
        source: the file's name.
        seconds: by operation, as measured, each above 0.
        origins: by operation, where its times come from, in words.
        stand_ins: operations whose times are those of something larger, which contains them.
        unused: sentences about what could not be used.
        shopper_round_trip_s: between shopper and shop; None where the file does not tell.
    """

    source: str
    seconds: dict[str, tuple[float, ...]]
    origins: dict[str, str] = field(default_factory=dict)
    stand_ins: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    shopper_round_trip_s: float | None = None


def check_seconds(text: str, *, where: str, per_second: float = 1.0) -> float:
    """Return how long something took, seconds.

    Args:
        text: as it was read.
        where: file and line, for messages.
        per_second: units of the text in a second.

    Raises:
        ConfigurationError: it is no number, not above 0, not finite, or too long to be believed.
    """
    try:
        seconds = float(text) / per_second
    except ValueError:
        raise ConfigurationError(f"{where}: {text!r} is not a time, expected a number") from None
    if not 0 < seconds <= MAX_SECONDS:
        hint = ""
        if per_second == 1 and MAX_SECONDS < seconds < 1000 * MAX_SECONDS:
            hint = "; are these milliseconds? Then head the column 'milliseconds'"
        raise ConfigurationError(
            f"{where}: {seconds:g} s is not a time that an operation takes: above 0 and at most"
            f" {MAX_SECONDS:g} s{hint}"
        )
    return seconds
