"""Payment times of both clocks laid over each other: two lines that ought to look like one."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import MaxNLocator

from harness.rundata.crosscheck import CrosscheckRecord, TimesRecord
from reports.crosscheck.panel_grid import PanelGrid
from reports.figures import Figure, Width
from reports.figures.canvas import draw, quiet_axes
from reports.figures.ink import Ink
from reports.units import seconds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

__all__ = ["overlay_figure"]

_COLUMNS = {Width.WIDE: 4, Width.NARROW: 2}
_LEVELS = (0, 25, 50, 75, 100)


def overlay_figure(record: CrosscheckRecord) -> Figure | None:
    """Draw both clocks' payment times of each variant; None where nobody paid."""
    shown = [times for times in record.times if times.real_s and times.virtual_s]
    if not shown:
        return None
    longest_s = max(max(times.real_s[-1], times.virtual_s[-1]) for times in shown)
    grid = PanelGrid(
        len(shown), _COLUMNS, panel_px=150, left_px=34, right_px=14, head_px=30, foot_px=44
    )

    def paint(figure: "MplFigure", width: Width) -> dict[str, str]:
        for number, times in enumerate(shown):
            axes = figure.add_axes(grid.place(width, number))
            _paint(axes, times, longest_s)
            if number // _COLUMNS[width] == (len(shown) - 1) // _COLUMNS[width]:
                axes.set_xlabel("% of payments")
        return {}

    return draw(paint, name="overlay", alt=_alt(shown), height_px=grid.height_px)


def _paint(axes: "Axes", times: TimesRecord, longest_s: float) -> None:
    quiet_axes(axes)
    axes.set_title(times.variant, loc="left", fontsize=11, pad=7)
    axes.set_xlim(0, 100)
    axes.set_ylim(0, longest_s * 1.05)
    axes.set_xticks(_LEVELS[::2])
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 5, 10]))
    axes.grid(color=Ink.GRID.stand_in, linewidth=0.8)
    axes.tick_params(axis="x", pad=6)
    axes.plot(*_steps(times.virtual_s), color=Ink.GATEWAY.stand_in, linewidth=3.4, alpha=0.55)
    axes.plot(*_steps(times.real_s), color=Ink.INK.stand_in, linewidth=1.1)


def _steps(ascending_s: tuple[float, ...]) -> tuple[list[float], list[float]]:
    levels = (np.arange(len(ascending_s)) + 0.5) / len(ascending_s) * 100
    return levels.tolist(), list(ascending_s)


def _alt(shown: list[TimesRecord]) -> str:
    parts = (
        f"{t.variant} {seconds(float(np.median(t.real_s)))} real and"
        f" {seconds(float(np.median(t.virtual_s)))} virtual"
        for t in shown
    )
    return f"Payment times by share of payments on both clocks; medians: {', '.join(parts)}."
