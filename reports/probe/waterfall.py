"""The probe's waterfall: a row per payment on one time axis, above them a typical one, thick."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator

from reports.families import Family
from reports.figures.canvas import Figure, Width, draw, quiet_axes
from reports.figures.ink import Ink, ink_of, on_ink_of
from reports.probe.strip import Piece, Strip
from reports.units import milliseconds, seconds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

__all__ = ["nearest_median", "strips_figure"]

_HERO_PX = 54
_ROW_PX = 19
_LEFT_PX = {Width.WIDE: 96, Width.NARROW: 30}
_RIGHT_PX = {Width.WIDE: 58, Width.NARROW: 46}
_HEAD_PX = 8
_FOOT_PX = 42
_CHARACTER_PX = 5.6
"""Mean width of a character of a label; a label that may not fit is left out."""

_HERO_ROWS = _HERO_PX / _ROW_PX


def strips_figure(strips: Sequence[Strip]) -> Figure | None:
    """Draw the strips in their order, nearest the median first and thick; None of none."""
    if not strips:
        return None
    hero = nearest_median(strips)

    def paint(figure: "MplFigure", width: Width) -> dict[str, str]:
        return _Painter(figure, width, strips, hero).paint()

    return draw(
        paint,
        name="strips",
        alt=_alt(strips, hero),
        height_px=lambda _: _HEAD_PX + _FOOT_PX + _HERO_PX + _ROW_PX * len(strips),
    )


def nearest_median(strips: Sequence[Strip]) -> Strip:
    """Return the payment nearest the median: of an even number, the lower of the middle two."""
    return sorted(strips, key=lambda strip: strip.total_s)[(len(strips) - 1) // 2]


def _alt(strips: Sequence[Strip], hero: Strip) -> str:
    parts = ", ".join(f"{p.labels[0]} {seconds(p.end_s - p.start_s)}" for p in hero.pieces)
    return (
        f"One row per payment, {len(strips)} of them, made of calls to bKash and the shop's own"
        f" time. Payment {hero.number}, nearest the median, took {seconds(hero.total_s)}: {parts},"
        f" the shop's own time {seconds(hero.own_s)}."
    )


class _Painter:
    """Hold what the parts of one drawing share."""

    def __init__(
        self, figure: "MplFigure", width: Width, strips: Sequence[Strip], hero: Strip
    ) -> None:
        self.width = width
        self.strips = strips
        self.hero = hero
        self.tooltips: dict[str, str] = {}
        self.rows = _HERO_ROWS + len(strips)
        height_px = _HEAD_PX + _FOOT_PX + _ROW_PX * self.rows
        axis_px = width.px - _LEFT_PX[width] - _RIGHT_PX[width]
        self.axes: Axes = figure.add_axes(
            (
                _LEFT_PX[width] / width.px,
                _FOOT_PX / height_px,
                axis_px / width.px,
                _ROW_PX * self.rows / height_px,
            )
        )
        self.end_s = max(strip.total_s for strip in strips) or 1.0
        self.s_per_px = self.end_s / axis_px

    def paint(self) -> dict[str, str]:
        axes = self.axes
        quiet_axes(axes)
        axes.set_xlim(0, self.end_s)
        axes.set_ylim(self.rows, 0)
        axes.set_yticks([])
        axes.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
        axes.set_xlabel("payment time, seconds (the shopper's time at bKash is left out)")
        axes.grid(axis="x", color=Ink.GRID.stand_in, linewidth=0.8)
        self._strip(self.hero, top=0.2, height=_HERO_ROWS - 0.75, name="hero")
        for row, strip in enumerate(self.strips):
            self._strip(strip, top=_HERO_ROWS + row + 0.12, height=0.7, name=str(strip.number))
        return self.tooltips

    def _strip(self, strip: Strip, *, top: float, height: float, name: str) -> None:
        thick = name == "hero"
        middle = top + height / 2
        label = str(strip.number)
        if thick and self.width is Width.WIDE:
            label = f"payment {strip.number},\nnearest the\nmedian"
        self.axes.text(
            -7 * self.s_per_px,
            middle,
            label,
            ha="right",
            va="center_baseline",
            fontweight="bold" if thick else "normal",
            fontsize=9.5,
            linespacing=1.15,
        )
        self.axes.text(
            strip.total_s + 6 * self.s_per_px,
            middle,
            seconds(strip.total_s),
            va="center_baseline",
            fontsize=11 if thick else 9.5,
            fontweight="bold" if thick else "normal",
        )
        self._box(0, strip.total_s, top, height, Family.OWN, f"{name}-own")
        self.tooltips[f"strip-{name}-own"] = (
            f"payment {strip.number}: {milliseconds(strip.own_s)} ms of the shop's own time"
        )
        for index, piece in enumerate(strip.pieces):
            self._piece(piece, top, height, f"{name}-{index}", labelled=thick)
        self.axes.plot(
            [strip.pause_s] * 2,
            [top - 0.08, top + height + 0.08],
            color=Ink.INK.stand_in,
            linewidth=1.6 if thick else 1.2,
            solid_capstyle="butt",
        )

    def _piece(self, piece: Piece, top: float, height: float, gid: str, *, labelled: bool) -> None:
        self._box(piece.start_s, piece.end_s, top, height, piece.family, gid)
        opened = ", on a new connection" if piece.new_connection else ""
        self.tooltips[f"strip-{gid}"] = (
            f"{piece.labels[0]}: {milliseconds(piece.end_s - piece.start_s)} ms{opened}"
        )
        if piece.new_connection:
            self._mark(piece.start_s, top, height)
        if not labelled:
            return
        for text in piece.labels:
            room_px = (piece.end_s - piece.start_s) / self.s_per_px
            if len(text) * _CHARACTER_PX + (20 if piece.new_connection else 4) <= room_px:
                self.axes.text(
                    (piece.start_s + piece.end_s) / 2,
                    top + height / 2,
                    text,
                    ha="center",
                    va="center_baseline",
                    fontsize=9.5,
                    color=on_ink_of(piece.family),
                )
                break

    def _mark(self, start_s: float, top: float, height: float) -> None:
        self.axes.plot(
            [start_s + 3.5 * self.s_per_px],
            [top + height / 2],
            marker="o",
            markersize=4.2,
            color=Ink.PAPER.stand_in,
            markeredgecolor=Ink.INK.stand_in,
            markeredgewidth=1.0,
            linestyle="none",
        )

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
            linewidth=0.7,
        )
        box[0].set_gid(f"strip-{gid}")
