"""Ready limits: those that one word names."""

from types import MappingProxyType

__all__ = ["DEFAULT", "GUIDE", "READY", "ready_texts"]

GUIDE = "guide"
"""The guide's own criterion: "make-payment … should be under 3 seconds". It does not say how often;
nineteen payments in twenty is meant here."""

DEFAULT = "regression"
"""What a baseline is for, where nothing else was said: no variant, and no stage of one, is slower
than it was."""

_VIRTUAL_ROOM = "+0.1ms"
"""On the virtual clock the same code gives the same nanoseconds, so any growth is somebody's doing;
a tenth of a millisecond is what nobody would look at."""

_REAL_ROOM = "+5% or +20ms"
"""On the real clock two runs of the same code differ by a few milliseconds of overhead in a stage
of hundreds. What is found here is gross; that is why there is a virtual clock."""

_FIGURES = tuple(
    f"{statistic} {metric}"
    # From the whole to its parts: a growth in no stage still shows in which request it lies.
    for metric in ("payment_time", "make_payment", "callback", "each_stage")
    for statistic in ("p50", "p95")
)

READY = MappingProxyType(
    {
        GUIDE: "make-payment answers nineteen shoppers in twenty within 3 s",
        DEFAULT: "no payment, request or stage is slower than the baseline's, at p50 and p95",
    }
)
"""Ready limits and what they say."""


def ready_texts(name: str, *, clock: str) -> tuple[str, ...]:
    """Return a ready limit written out.

    Args:
        name: one of `READY`.
        clock: "real" or "virtual".
    """
    if name == GUIDE:
        return ("p95 make_payment < 3s",)
    room = _VIRTUAL_ROOM if clock == "virtual" else _REAL_ROOM
    return tuple(f"{figure} {room}" for figure in _FIGURES)
