"""How fast a simulation was, in a sentence: virtual time against real time."""

from harness.rundata import RunFolder, Simulated

__all__ = ["tell_speed"]

_HOUR_S = 3_600.0
_MINUTE_S = 60.0


def tell_speed(folder: RunFolder) -> str:
    """Return how much faster than real time the run's baseline was simulated, and the others.

    Raises:
        RunDataError: what was recorded cannot be read.
    """
    conduct = folder.read_conduct()
    simulated = {} if conduct is None else conduct.simulated
    baseline = folder.manifest.configuration.baseline
    own = simulated.get(baseline)
    if own is None:
        return "How long the simulation took was not recorded."
    sentence = (
        f"Simulated {_duration(own.virtual_s)} of {baseline} in {own.wall_s:.3g} s:"
        f" {_times(own)} times as fast as real time"
    )
    others = sorted(
        (other for name, other in simulated.items() if name != baseline),
        key=lambda other: other.speed_up,
    )
    if not others:
        return f"{sentence}."
    first, last = _times(others[0]), _times(others[-1])
    return f"{sentence}; the others {first if first == last else f'{first} to {last}'} times."


def _times(simulated: Simulated) -> str:
    return f"{float(f'{simulated.speed_up:.3g}'):,g}"


def _duration(duration_s: float) -> str:
    if duration_s >= _HOUR_S:
        return f"{duration_s / _HOUR_S:.3g} h"
    if duration_s >= _MINUTE_S:
        return f"{duration_s / _MINUTE_S:.3g} min"
    return f"{duration_s:.3g} s"
