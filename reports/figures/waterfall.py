"""The waterfall: one payment per variant on one time axis, what it waited for solid."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator

from reports.families import Family, family_of, labels_of
from reports.figures.canvas import Figure, Width, draw, quiet_axes
from reports.figures.ink import Ink, ink_of, on_ink_of
from reports.specimen import Bar, Specimen, Specimens
from reports.units import milliseconds, seconds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

__all__ = ["waterfall_figure"]

_ROW_PX = {Width.WIDE: 46, Width.NARROW: 62}
_LEFT_PX = {Width.WIDE: 100, Width.NARROW: 6}
_RIGHT_PX = {Width.WIDE: 64, Width.NARROW: 14}
_HEAD_PX = 26
_FOOT_PX = 42
_CHARACTER_PX = 5.6
"""Mean width of a character at the size of a bar's label; a label that may not fit is left out."""

_PATH_TOP = {Width.WIDE: 0.16, Width.NARROW: 0.36}
_PATH_HEIGHT = {Width.WIDE: 0.42, Width.NARROW: 0.32}
_LANE_HEIGHT = {Width.WIDE: 0.11, Width.NARROW: 0.08}
_NAME_BASE = 0.28
"""Shares of a row: where the critical path lies and how thick it and a lane beside it are; a narrow
figure has the variant's name on a line above."""


def waterfall_figure(specimens: Specimens) -> Figure | None:
    """Draw the waterfall; None where there is nothing to draw."""
    if not specimens.shown:
        return None

    def paint(figure: "MplFigure", width: Width) -> dict[str, str]:
        return _Painter(figure, width, specimens).paint()

    return draw(
        paint,
        name="waterfall",
        alt=_alt(specimens),
        height_px=lambda width: _HEAD_PX + _FOOT_PX + _ROW_PX[width] * len(specimens.shown),
    )


def _alt(specimens: Specimens) -> str:
    totals = ", ".join(f"{s.variant} {seconds(s.total_s)}" for s in specimens.shown)
    floors = [s.floor_s for s in specimens.shown if s.floor_s is not None]
    floor = f" The floor is {seconds(floors[0])}." if floors else ""
    return (
        "One bar per variant, made of the stages of one payment on a common time axis."
        f" Payment times: {totals}.{floor}"
    )


class _Painter:
    """Hold what the parts of one drawing share."""

    def __init__(self, figure: "MplFigure", width: Width, specimens: Specimens) -> None:
        self.width = width
        self.specimens = specimens
        self.tooltips: dict[str, str] = {}
        rows = len(specimens.shown)
        height_px = _HEAD_PX + _FOOT_PX + _ROW_PX[width] * rows
        axis_px = width.px - _LEFT_PX[width] - _RIGHT_PX[width]
        self.axes: Axes = figure.add_axes(
            (
                _LEFT_PX[width] / width.px,
                _FOOT_PX / height_px,
                axis_px / width.px,
                _ROW_PX[width] * rows / height_px,
            )
        )
        longest_s = max(specimen.total_s for specimen in specimens.shown)
        # On a narrow page the total stands above its bar, so the axis may end with the longest.
        self.end_s = longest_s * (1.0 if width is Width.NARROW else 1.01) or 1.0
        self.s_per_px = self.end_s / axis_px

    def paint(self) -> dict[str, str]:
        axes, rows = self.axes, len(self.specimens.shown)
        quiet_axes(axes)
        axes.set_xlim(0, self.end_s)
        axes.set_ylim(rows, 0)
        axes.set_yticks([])
        axes.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
        axes.set_xlabel("payment time, seconds (the shopper's time at bKash is left out)")
        axes.grid(axis="x", color=Ink.GRID.stand_in, linewidth=0.8)
        for row, specimen in enumerate(self.specimens.shown):
            self._row(row, specimen)
        self._floor(rows)
        return self.tooltips

    def _row(self, row: int, specimen: Specimen) -> None:
        top, height = row + _PATH_TOP[self.width], _PATH_HEIGHT[self.width]
        self._name(row, top + height / 2, specimen)
        self._box(0, specimen.total_s, top, height, Family.OWN, self._gid(row, "own"))
        unexplained_s = specimen.total_s - sum(
            bar.end_s - bar.start_s for bar in specimen.bars if bar.lane == 0
        )
        self.tooltips[self._gid(row, "own")] = (
            f"{specimen.variant}: {milliseconds(unexplained_s)} ms that no stage explains"
        )
        for number, bar in enumerate(specimen.bars):
            self._bar(bar, top, height, self._gid(row, str(number)))
        self.axes.plot(
            [specimen.pause_s] * 2,
            [top - 0.07, top + height + 0.07],
            color=Ink.INK.stand_in,
            linewidth=1.4,
            solid_capstyle="butt",
        )

    def _gid(self, row: int, part: str) -> str:
        return f"bar-{row}-{part}"

    def _name(self, row: int, middle: float, specimen: Specimen) -> None:
        total = seconds(specimen.total_s)
        if self.width is Width.NARROW:
            at = row + _NAME_BASE
            self.axes.text(0, at, specimen.variant, va="baseline", fontweight="bold")
            self.axes.text(self.end_s, at, total, va="baseline", ha="right")
            return
        self.axes.text(
            -8 * self.s_per_px, middle, specimen.variant, ha="right", va="center", fontweight="bold"
        )
        self.axes.text(specimen.total_s + 6 * self.s_per_px, middle, total, va="center")

    def _box(
        self, start_s: float, end_s: float, top: float, height: float, family: Family, gid: str
    ) -> None:
        box = self.axes.barh(
            top,
            end_s - start_s,
            left=start_s,
            height=height,
            align="edge",
            color=ink_of(family),
            edgecolor=Ink.PAPER.stand_in,
            linewidth=0.8,
        )
        box[0].set_gid(gid)

    def _bar(self, bar: Bar, top: float, height: float, gid: str) -> None:
        family = family_of(bar.stage)
        duration = f"{bar.stage} {milliseconds(bar.end_s - bar.start_s)} ms"
        if bar.lane:
            self._beside(bar, top + height + 0.03, gid, family)
            self.tooltips[gid] = f"{duration}, beside the critical path"
            return
        self._box(bar.start_s, bar.end_s, top, height, family, gid)
        self.tooltips[gid] = f"{duration}, on the critical path"
        for text in labels_of(bar.stage):
            if len(text) * _CHARACTER_PX + 4 <= (bar.end_s - bar.start_s) / self.s_per_px:
                self.axes.text(
                    (bar.start_s + bar.end_s) / 2,
                    top + height / 2,
                    text,
                    ha="center",
                    va="center_baseline",
                    fontsize=9.5,
                    color=on_ink_of(family),
                )
                break

    def _beside(self, bar: Bar, top: float, gid: str, family: Family) -> None:
        box = self.axes.barh(
            top + (bar.lane - 1) * (_LANE_HEIGHT[self.width] + 0.02),
            bar.end_s - bar.start_s,
            left=bar.start_s,
            height=_LANE_HEIGHT[self.width],
            align="edge",
            facecolor="none",
            edgecolor=ink_of(family),
            hatch="////",
            linewidth=0.9,
        )
        box[0].set_gid(gid)

    def _floor(self, rows: int) -> None:
        for floor_s in self._floors():
            self.axes.plot(
                [floor_s] * 2,
                [0, rows],
                color=Ink.FLOOR.stand_in,
                linewidth=1.6,
                linestyle=(0, (4, 3)),
                clip_on=False,
            )
            self.axes.text(
                floor_s,
                -7 / _ROW_PX[self.width],
                f"floor {seconds(floor_s)}",
                ha="center",
                va="bottom",
                color=Ink.FLOOR.stand_in,
                fontweight="bold",
            )

    def _floors(self) -> Iterator[float]:
        """Yield the one floor to mark: equal draws make it the same for all but milliseconds."""
        floors = sorted(s.floor_s for s in self.specimens.shown if s.floor_s is not None)
        if floors:
            yield floors[len(floors) // 2]
