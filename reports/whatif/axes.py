"""Axes that curves share: where values stand, how they are written, where the base is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import MaxNLocator, NullLocator

from harness.rundata.whatif import SweepRecord
from reports.figures.canvas import quiet_axes
from reports.figures.ink import Ink
from reports.figures.quantile_plot import spread_labels
from reports.units import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Ending", "is_even_in_ratios", "label_endings", "place_values"]

Ending = tuple[str, float, float, str, bool]
"""Name, x and y of a line's right end, colour, and whether it is strong."""

_LEADER_PX = 12.0
_GAP_PX = 14.0
_MOST_TICKS = 5
_LEAST_RATIO, _LEAST_FACTORS, _MOST_RATIO = 3.0, 30.0, 1e6


def is_even_in_ratios(sweep: SweepRecord) -> bool:
    """Tell whether an axis is spaced so that half and double are equally far.

    Factors are not, unless they reach very far: what a payment waits for entirely is a straight
    line over them, so that a bend says that something else takes over.
    """
    low, high = sweep.points[0].value, sweep.points[-1].value
    least = _LEAST_FACTORS if sweep.unit == "times" else _LEAST_RATIO
    return low > 0 and least <= high / low <= _MOST_RATIO


def place_values(axes: "Axes", sweep: SweepRecord, *, ticks: int = _MOST_TICKS) -> None:
    """Set up the horizontal axis of a sweep, and mark the value with nothing changed."""
    quiet_axes(axes)
    values = [point.value for point in sweep.points]
    if is_even_in_ratios(sweep):
        axes.set_xscale("log")
    axes.set_xlim(values[0], values[-1])
    shown = _tick_values(sweep, values, ticks)
    factor = 100.0 if sweep.unit == "share" else 1.0
    mark = "×" if sweep.unit == "times" else ""
    suffix = " %" if sweep.unit == "share" else ""
    axes.set_xticks(shown, [f"{mark}{plain(v * factor)}{suffix}" for v in shown])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 5, 10]))
    axes.grid(color=Ink.GRID.stand_in, linewidth=0.8)
    axes.tick_params(axis="x", pad=6)
    if values[0] < sweep.base < values[-1]:
        axes.axvline(sweep.base, color=Ink.MUTED.stand_in, linewidth=0.9, linestyle=(0, (4, 3)))


def label_endings(axes: "Axes", endings: Sequence[Ending], *, height_px: float) -> None:
    """Name lines at their right ends; leaders lead where names had to make room."""
    if not endings:
        return
    low, high = axes.get_ylim()
    per_px = (high - low) / height_px
    wanted = np.asarray([y for _, _, y, _, _ in endings])
    placed = spread_labels(wanted, gap=_GAP_PX * per_px)
    placed += max(0.0, low - float(placed.min())) - max(0.0, float(placed.max()) - high)
    for (name, x, y, color, strong), label_y in zip(endings, placed, strict=True):
        axes.annotate(
            name,
            (x, y),
            xytext=(_LEADER_PX + 4, (label_y - y) / per_px),
            textcoords="offset points",
            va="center",
            fontsize=10,
            fontweight="bold" if strong else "normal",
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": color,
                "linewidth": 0.7,
                "shrinkA": 0,
                "shrinkB": 0,
                "relpos": (0, 0.5),
            },
        )


def _tick_values(sweep: SweepRecord, values: list[float], most: int) -> list[float]:
    if sweep.unit == "times" and is_even_in_ratios(sweep):
        nice = [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0, 20.0, 50.0, 100.0]
    elif is_even_in_ratios(sweep):
        nice = [base * 10.0**power for power in range(-4, 6) for base in (1, 2, 5)]
    else:
        steps = [1, 2, 2.5, 5, 10] if sweep.unit == "times" else [1, 2, 5, 10]
        nice = list(MaxNLocator(nbins=most, steps=steps).tick_values(values[0], values[-1]))
    slack = 1 + 1e-9
    inside = [v for v in nice if values[0] / slack <= v <= values[-1] * slack]
    shown = inside if len(inside) > 1 else [values[0], values[-1]]
    step = -(-len(shown) // most)
    return shown[::step]
