"""Coz-style curves: p50 and p95 of every variant over the values of one knob.

After C. Curtsinger and E. D. Berger, "Coz: Finding Code that Counts with Causal Profiling", SOSP
2015. Coz slows everything else down to guess what a speed-up would bring; here it is made.
"""

from typing import TYPE_CHECKING

from harness.rundata.whatif import SweepRecord, WhatIfRecord
from reports.figures import Figure, Width
from reports.figures.canvas import draw
from reports.figures.ink import Ink
from reports.units import count, seconds
from reports.whatif.axes import Ending, label_endings, place_values
from reports.whatif.payoff import hero_of
from reports.whatif.words import axis_words, knob_words, value_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

__all__ = ["curve_figure"]

_STATISTICS = (("p50_s", "median payment time, seconds"), ("p95_s", "p95, seconds"))
_FAILED = ("failed", "payments that fail")
_PANEL_PX = 250
_HEAD_PX = 26
_FOOT_PX = 46
_LEFT_PX = 40
_NAMES_PX = 96


def curve_figure(record: WhatIfRecord, sweep: SweepRecord) -> Figure | None:
    """Draw one knob; None where no payment succeeded anywhere.

    Where payments fail, they get a panel of their own: whoever gives up early looks fast.
    """
    if not any(f.p50_s for point in sweep.points for f in point.figures.values()):
        return None
    fails = any(f.failed for point in sweep.points for f in point.figures.values())
    failed = (_FAILED[0], f"{_FAILED[1]}, of {count(record.payments)}")
    panels = (*_STATISTICS, failed) if fails else _STATISTICS

    def paint(figure: "MplFigure", width: Width) -> dict[str, str]:
        for number, (statistic, title) in enumerate(panels):
            axes = figure.add_axes(_place(width, number, len(panels)))
            _paint(axes, record, sweep, statistic, title)
        return {}

    return draw(
        paint,
        name=f"curve-{sweep.name}",
        alt=_alt(record, sweep),
        height_px=lambda width: _height_px(width, len(panels)),
    )


def _height_px(width: Width, panels: int) -> float:
    rows = 1 if width is Width.WIDE else panels
    return rows * (_HEAD_PX + _PANEL_PX + _FOOT_PX)


def _place(width: Width, number: int, panels: int) -> tuple[float, float, float, float]:
    height = _height_px(width, panels)
    across = panels if width is Width.WIDE else 1
    panel_px = width.px / across - _LEFT_PX - _NAMES_PX
    column, row = (number, 0) if width is Width.WIDE else (0, number)
    left = column * width.px / across + _LEFT_PX
    top = row * (_HEAD_PX + _PANEL_PX + _FOOT_PX) + _HEAD_PX
    return (
        left / width.px,
        1 - (top + _PANEL_PX) / height,
        panel_px / width.px,
        _PANEL_PX / height,
    )


def _paint(
    axes: "Axes", record: WhatIfRecord, sweep: SweepRecord, statistic: str, title: str
) -> None:
    place_values(axes, sweep)
    hero = hero_of(record)
    endings: list[Ending] = []
    highest = 0.0
    for variant in record.variants:
        points = [
            (point.value, time_s)
            for point in sweep.points
            if (time_s := getattr(point.figures[variant.name], statistic)) is not None
        ]
        if not points:
            continue
        strong = variant.name == hero
        values, times_s = zip(*points, strict=True)
        axes.plot(
            values,
            times_s,
            color=Ink.INK.stand_in if strong else Ink.MUTED.stand_in,
            linewidth=2.2 if strong else 1.2,
            marker="o",
            markersize=3.4 if strong else 2.4,
        )
        endings.append((variant.name, values[-1], times_s[-1], Ink.MUTED.stand_in, strong))
        highest = max(highest, *times_s)
    axes.set_ylim(0, highest * 1.05 or 1.0)
    axes.set_xlabel(axis_words(sweep))
    axes.set_title(title, loc="left", fontsize=10.5, pad=8)
    label_endings(axes, endings, height_px=_PANEL_PX)


def _alt(record: WhatIfRecord, sweep: SweepRecord) -> str:
    low, high = sweep.points[0], sweep.points[-1]
    parts = (
        f"{v.name} {seconds(low.figures[v.name].p50_s)} at {value_words(low.value, sweep.unit)} and"
        f" {seconds(high.figures[v.name].p50_s)} at {value_words(high.value, sweep.unit)}"
        for v in record.variants
    )
    return f"Median and p95 of the payment time over {knob_words(sweep)}: {', '.join(parts)}."
