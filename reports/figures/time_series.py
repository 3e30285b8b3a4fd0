"""The time series: every payment by when it came, those that met a stale token marked."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator
from numpy.typing import NDArray

from harness.rundata.sample import OUTCOME_OK
from reports.analysis import Analysis
from reports.figures.canvas import Figure, Width, draw, quiet_axes
from reports.figures.ink import RASTER, Ink
from reports.units import count

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

__all__ = ["time_series_figure"]

_ROW_PX = {Width.WIDE: 64, Width.NARROW: 74}
_LEFT_PX = {Width.WIDE: 100, Width.NARROW: 6}
_RIGHT_PX = {Width.WIDE: 40, Width.NARROW: 34}
_HEAD_PX = 8
_FOOT_PX = 42
_DENSE = 3000
"""From so many payments on, the dots are drawn as an image: as shapes they would fill megabytes."""

_WIDE_RANGE = 6.0
"""A scale that ends at so many times its start has enough ticks at 1 and 3; a shorter one needs
more."""

_NS_PER_S = 1e9


def time_series_figure(analysis: Analysis) -> Figure | None:
    """Draw all payments of all variants over the run; None where there are none."""
    payments = analysis.table.payments
    scale = analysis.manifest.configuration.time_scale
    names = [v.name for v in analysis.variants if (payments["variant"] == v.name).any()]
    if not names:
        return None

    def paint(figure: "MplFigure", width: Width) -> dict[str, str]:
        _paint(figure, width, payments, names, scale)
        return {}

    return draw(
        paint,
        name="series",
        alt=_alt(payments, names),
        height_px=lambda width: _HEAD_PX + _FOOT_PX + _ROW_PX[width] * len(names),
    )


def _alt(payments: pd.DataFrame, names: list[str]) -> str:
    parts = []
    for name in names:
        mine = payments[(payments["variant"] == name).to_numpy()]
        waited = int(mine["met_stale"].sum())
        failed = int((mine["outcome"] != OUTCOME_OK).sum())
        said = f"{name}: {count(waited)} of {count(len(mine))} waited for a token"
        parts.append(f"{said}, {count(failed)} failed" if failed else said)
    return "Payment time by time of arrival, one strip per variant. " + "; ".join(parts) + "."


def _paint(
    figure: "MplFigure", width: Width, payments: pd.DataFrame, names: list[str], scale: float
) -> None:
    height = _HEAD_PX + _FOOT_PX + _ROW_PX[width] * len(names)
    ok = (payments["outcome"] == OUTCOME_OK).to_numpy()
    times_s = payments["total_ns"].to_numpy() / _NS_PER_S
    low_s, high_s = _limits(times_s[ok])
    end_s = float(payments["arrived_ns"].max()) / _NS_PER_S / scale or 1.0
    for row, name in enumerate(names):
        axes = figure.add_axes(
            (
                _LEFT_PX[width] / width.px,
                (_FOOT_PX + _ROW_PX[width] * (len(names) - 1 - row)) / height,
                (width.px - _LEFT_PX[width] - _RIGHT_PX[width]) / width.px,
                (_ROW_PX[width] - 12) / height,
            )
        )
        mine = (payments["variant"] == name).to_numpy()
        axes.set_xlim(0, end_s * 1.005)
        axes.set_yscale("log")
        axes.set_ylim(low_s, high_s)
        _strip(axes, payments[mine], scale, dense=len(payments) > _DENSE)
        _frame(axes, name, width, last=row == len(names) - 1)


def _limits(times_s: NDArray[np.float64]) -> tuple[float, float]:
    """Return the common scale: logarithmic, so that a doubling is as tall in every strip."""
    known = times_s[times_s > 0]
    if known.size == 0:
        return 0.1, 10.0
    return float(known.min()) / 1.35, float(known.max()) * 1.2


def _strip(axes: "Axes", payments: pd.DataFrame, scale: float, *, dense: bool) -> None:
    arrived_s = payments["arrived_ns"].to_numpy() / _NS_PER_S / scale
    time_s = payments["total_ns"].to_numpy() / _NS_PER_S
    ok = (payments["outcome"] == OUTCOME_OK).to_numpy()
    stale = payments["met_stale"].to_numpy()
    warmup_s = arrived_s[payments["warmup"].to_numpy()]
    if warmup_s.size:
        axes.axvspan(0, float(warmup_s.max()), color=Ink.GRID.stand_in, linewidth=0, alpha=0.6)
    for chosen, ink, size in ((ok & ~stale, Ink.MUTED, 1.9), (ok & stale, Ink.TOKEN, 2.6)):
        axes.plot(
            arrived_s[chosen],
            time_s[chosen],
            linestyle="none",
            marker="o",
            markersize=size,
            markeredgewidth=0,
            color=RASTER[ink] if dense else ink.stand_in,
            rasterized=dense,
        )
    axes.plot(
        arrived_s[~ok],
        np.full(int((~ok).sum()), axes.get_ylim()[0] * 1.15),
        linestyle="none",
        marker="x",
        markersize=4,
        markeredgewidth=1.2,
        color=Ink.INK.stand_in,
    )


def _frame(axes: "Axes", name: str, width: Width, *, last: bool) -> None:
    quiet_axes(axes)
    low_s, high_s = axes.get_ylim()
    subs = (1.0, 3.0) if high_s / low_s > _WIDE_RANGE else (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)
    axes.yaxis.set_major_locator(LogLocator(subs=subs))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.yaxis.tick_right()
    axes.grid(axis="y", color=Ink.GRID.stand_in, linewidth=0.8)
    axes.tick_params(labelbottom=last, labelsize=9)
    if width is Width.WIDE:
        axes.text(
            -0.012, 0.5, name, transform=axes.transAxes, ha="right", va="center", fontweight="bold"
        )
    else:
        axes.text(0, 1.0, name, transform=axes.transAxes, va="bottom", fontweight="bold")
    if last:
        along = "arrival, seconds since the run's start"
        up = "upwards: payment time, seconds" if width is Width.WIDE else "up: payment, s"
        axes.set_xlabel(f"{along}; {up}")
