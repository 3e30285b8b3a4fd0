"""The quantile plot: how long the slowest share of payments took, on a log-survival axis.

The axis is -log10(1 - q), so that p90, p99 and p99.9 lie equally far apart, as HdrHistogram's plots
have it: the tail, where shoppers give up, gets as much room as the middle.
"""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from reports.analysis import Analysis
from reports.figures.canvas import Figure, Width, draw, quiet_axes
from reports.figures.ink import Ink
from reports.units import seconds
from reports.variant_analysis import VariantAnalysis

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

__all__ = ["quantile_figure", "spread_labels", "survival_curve"]

_HEIGHT_PX = {Width.WIDE: 360, Width.NARROW: 330}
_MARGINS_PX = {Width.WIDE: (52, 112, 12, 46), Width.NARROW: (36, 92, 12, 46)}
_LABEL_PX = 15.0
_POINTS = 140
"""Points of a curve: more than its width in pixels shows, fewer than a file of 2 MB feels."""

_BEYOND = 10
_TICKS = ((0.0, "0 %"), (0.5, "50 %"), (0.9, "90 %"), (0.99, "99 %"), (0.999, "99.9 %"))


def quantile_figure(analysis: Analysis) -> Figure | None:
    """Draw the quantiles of all variants; None where no variant has two payments."""
    variants = [variant for variant in analysis.variants if variant.times_s.size > 1]
    if not variants:
        return None
    baseline = analysis.manifest.configuration.baseline

    def paint(figure: "MplFigure", width: Width) -> dict[str, str]:
        _paint(figure, width, variants, baseline)
        return {}

    return draw(paint, name="quantiles", alt=_alt(variants), height_px=lambda w: _HEIGHT_PX[w])


def survival_curve(times_s: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the curve of n ≥ 2 payment times: -log10(1 - q) ascending, and the time at q.

    The last point is the largest payment, at q = 1 - 1/n.
    """
    ascending = np.sort(times_s)
    n = ascending.size
    depth = np.linspace(0.0, np.log10(n), _POINTS)
    level = 1.0 - 10.0**-depth
    return depth, np.interp(level * n, np.arange(n), ascending)


def spread_labels(wanted: NDArray[np.float64], *, gap: float) -> NDArray[np.float64]:
    """Move positions as little as needed so that all are `gap` apart; their order stays."""
    order = np.argsort(wanted, kind="stable")
    placed = wanted[order].astype(np.float64)
    # Pools of touching labels are centred on the mean of what their members wanted.
    pools: list[list[float]] = []
    for position in placed:
        pools.append([position, 1.0])
        while len(pools) > 1:
            (below, many), (above, few) = pools[-2:]
            if above - below >= (many + few) / 2 * gap:
                break
            pools[-2:] = [[(below * many + above * few) / (many + few), many + few]]
    flat = [
        middle + (index - (size - 1) / 2) * gap
        for middle, size in pools
        for index in range(int(size))
    ]
    result = np.empty_like(placed)
    result[order] = flat
    return result


def _alt(variants: list[VariantAnalysis]) -> str:
    parts = ", ".join(
        f"{v.name} {seconds(v.summary.payment_time_s.p50)} at p50 and"
        f" {seconds(v.summary.payment_time_s.max)} at most"
        for v in variants
    )
    return f"Payment time by share of payments that were faster, one line per variant: {parts}."


def _paint(
    figure: "MplFigure", width: Width, variants: list[VariantAnalysis], baseline: str
) -> None:
    left, right, top, bottom = _MARGINS_PX[width]
    height = _HEIGHT_PX[width]
    axes = figure.add_axes(
        (
            left / width.px,
            bottom / height,
            (width.px - left - right) / width.px,
            (height - top - bottom) / height,
        )
    )
    quiet_axes(axes)
    deepest = max(np.log10(variant.times_s.size) for variant in variants)
    highest_s = max(float(variant.times_s.max()) for variant in variants)
    axes.set_xlim(0, deepest)
    axes.set_ylim(0, highest_s * 1.03 or 1.0)
    ends = [_curve(axes, variant, strong=variant.name == baseline) for variant in variants]
    _axis(axes, deepest)
    _labels(
        axes,
        variants,
        np.asarray(ends),
        width_px=width.px - left - right,
        height_px=height - top - bottom,
        baseline=baseline,
    )


def _curve(axes: "Axes", variant: VariantAnalysis, *, strong: bool) -> tuple[float, float]:
    depth, time_s = survival_curve(variant.times_s)
    color = Ink.INK.stand_in
    weight = 2.2 if strong else 1.3
    # Where fewer than ten payments are left, the line is one shopper's luck, and dotted.
    sure = depth <= np.log10(max(variant.times_s.size / _BEYOND, 1.0))
    turn = int(sure.sum())
    axes.plot(depth[:turn], time_s[:turn], color=color, linewidth=weight)
    start = max(turn - 1, 0)
    axes.plot(depth[start:], time_s[start:], color=color, linewidth=1.0, linestyle=(0, (1, 2)))
    return float(depth[-1]), float(time_s[-1])


def _axis(axes: "Axes", deepest: float) -> None:
    shown = [(-np.log10(1 - level), text) for level, text in _TICKS]
    shown = [(depth, text) for depth, text in shown if depth <= deepest]
    axes.set_xticks([depth for depth, _ in shown], [text for _, text in shown])
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    axes.grid(color=Ink.GRID.stand_in, linewidth=0.8)
    axes.tick_params(axis="x", pad=8)
    axes.set_xlabel("share of payments that were faster")
    axes.set_ylabel("payment time, seconds")


def _labels(
    axes: "Axes",
    variants: list[VariantAnalysis],
    ends: NDArray[np.float64],
    *,
    width_px: float,
    height_px: float,
    baseline: str,
) -> None:
    """Name each line at its right end; leaders lead where names had to make room."""
    low, high = axes.get_ylim()
    per_px = (high - low) / height_px
    at = spread_labels(ends[:, 1], gap=_LABEL_PX * per_px)
    at = np.clip(at, None, high) if at.size == 1 else at - max(0.0, float(at.max()) - high)
    edge = axes.get_xlim()[1]
    per_x = edge / width_px
    for variant, (x, y), label_y in zip(variants, ends, at, strict=True):
        axes.plot(
            [x, edge + 4 * per_x, edge + 16 * per_x],
            [y, y, label_y],
            color=Ink.MUTED.stand_in,
            linewidth=0.7,
            clip_on=False,
        )
        axes.text(
            edge + 19 * per_x,
            label_y,
            variant.name,
            va="center_baseline",
            fontweight="bold" if variant.name == baseline else "normal",
        )
