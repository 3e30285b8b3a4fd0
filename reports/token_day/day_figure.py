"""A day of one variant, a row per schedule: when cron called, when bKash was asked, who waited."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from harness.rundata.token_day import DayRecord, Disturbance, FleetRecord, TokenDayRecord
from harness.stats.worst_hour import HOUR_S
from reports.figures import Figure, Width
from reports.figures.canvas import draw, quiet_axes
from reports.figures.ink import Ink
from reports.token_day.outlook import worst_of
from reports.token_day.words import schedule_short
from reports.units import count

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

__all__ = ["day_figure", "days_shown"]

_ROW_PX = {Width.WIDE: 46, Width.NARROW: 62}
_LEFT_PX = {Width.WIDE: 92, Width.NARROW: 4}
_RIGHT_PX = {Width.WIDE: 168, Width.NARROW: 8}
_HEAD_PX = 6
_FOOT_PX = 40
_SHOWN_H = {Width.WIDE: 24.0, Width.NARROW: 8.0}
"""A phone has room for the first eight hours; the rest is like them."""

_TICKS = 700
"""Ticks nearer to each other than this part of the time shown are drawn as one."""


def days_shown(record: TokenDayRecord, *, variant: str, fleet: FleetRecord) -> list[DayRecord]:
    """Return a day per schedule: ordinary ones of the quietest traffic."""
    quietest = min(record.rates_per_hour)
    shown = {
        day.schedule: day
        for day in record.days
        if day.variant == variant
        and day.fleet == fleet
        and day.rate_per_hour == quietest
        and day.disturbance is Disturbance.NOTHING
    }
    return [shown[s.name] for s in record.schedules if s.name in shown]


def day_figure(
    record: TokenDayRecord, days: Sequence[DayRecord], *, name: str = "day"
) -> Figure | None:
    """Draw days under each other; None where there are none.

    Args:
        record: whose schedules they follow.
        days: from the top.
        name: unique on the page.
    """
    if not days:
        return None
    fires = {schedule.name: schedule.fires_s for schedule in record.schedules}

    def paint(figure: "MplFigure", width: Width) -> dict[str, str]:
        _Painter(figure, width, record, days, fires).paint()
        return {}

    return draw(
        paint,
        name=name,
        alt=_alt(days),
        height_px=lambda width: _HEAD_PX + _FOOT_PX + _ROW_PX[width] * len(days),
    )


def _alt(days: Sequence[DayRecord]) -> str:
    parts = (
        f"{schedule_short(day.schedule)}: {len(day.calls_s)} token calls, at most"
        f" {worst_of(day).calls} in an hour, {len(day.waited_at_s)} of {day.payments} waited"
        for day in days
    )
    return f"Token calls over the day, a row per schedule. {'; '.join(parts)}."


class _Painter:
    """Draw one width."""

    def __init__(
        self,
        figure: "MplFigure",
        width: Width,
        record: TokenDayRecord,
        days: Sequence[DayRecord],
        fires: dict[str, tuple[float, ...]],
    ) -> None:
        self._width = width
        self._days = days
        self._fires = fires
        self._limit = record.limit_per_hour
        self._end_s = min(record.duration_s, _SHOWN_H[width] * HOUR_S)
        height = _HEAD_PX + _FOOT_PX + _ROW_PX[width] * len(days)
        left, right = _LEFT_PX[width], _RIGHT_PX[width]
        self._axes: Axes = figure.add_axes(
            (
                left / width.px,
                _FOOT_PX / height,
                (width.px - left - right) / width.px,
                (height - _FOOT_PX - _HEAD_PX) / height,
            )
        )

    def paint(self) -> None:
        axes = self._axes
        quiet_axes(axes)
        axes.set_xlim(0, self._end_s)
        axes.set_ylim(len(self._days), 0)
        axes.set_yticks([])
        step_h = 4 if self._end_s > 12 * HOUR_S else 2 if self._end_s > 4 * HOUR_S else 1
        hours = range(0, int(self._end_s // HOUR_S) + 1, step_h)
        axes.set_xticks([h * HOUR_S for h in hours], [f"{h:02d}:00" for h in hours])
        axes.tick_params(axis="x", pad=8)
        axes.grid(axis="x", color=Ink.GRID.stand_in, linewidth=0.8)
        axes.set_xlabel("time of the day")
        for row, day in enumerate(self._days):
            self._row(row, day)

    def _row(self, row: int, day: DayRecord) -> None:
        axes, worst = self._axes, worst_of(day)
        middle = row + (0.5 if self._width is Width.WIDE else 0.62)
        axes.axhline(middle, color=Ink.GRID.stand_in, linewidth=0.8)
        if worst.from_s is not None and worst.calls > 1 and worst.from_s < self._end_s:
            over = worst.calls > self._limit
            # An hour drawn as a bar behind its calls, so that they can be counted.
            axes.barh(
                middle,
                HOUR_S,
                left=worst.from_s,
                height=0.56,
                color=Ink.GATEWAY.stand_in if over else Ink.GRID.stand_in,
                alpha=0.45 if over else 1.0,
                linewidth=0,
            )
        self._ticks(self._fires[day.schedule], middle + 0.22, 0.07, Ink.MUTED, 0.8)
        self._ticks(day.calls_s, middle, 0.17, Ink.TOKEN, 2.2)
        late = [at_s for at_s in day.waited_at_s if at_s < self._end_s]
        axes.plot(
            late,
            [middle - 0.27] * len(late),
            linestyle="none",
            marker="x",
            markersize=5.5,
            markeredgewidth=1.4,
            color=Ink.INK.stand_in,
            clip_on=False,
        )
        self._label(row, middle, day)

    def _ticks(
        self, at_s: Sequence[float], middle: float, reach: float, ink: Ink, weight: float
    ) -> None:
        shown = _apart([at for at in at_s if at < self._end_s], self._end_s / _TICKS)
        self._axes.vlines(
            shown, middle - reach, middle + reach, color=ink.stand_in, linewidth=weight
        )

    def _label(self, row: int, middle: float, day: DayRecord) -> None:
        axes, name = self._axes, schedule_short(day.schedule)
        outcome = (
            f"{worst_of(day).calls} in the worst hour,\n"
            f"{count(len(day.waited_at_s))} of {count(day.payments)} waited"
        )
        if self._width is Width.WIDE:
            axes.annotate(
                name,
                (0, middle),
                xytext=(-10, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                annotation_clip=False,
            )
            axes.annotate(
                outcome,
                (self._end_s, middle),
                xytext=(12, 0),
                textcoords="offset points",
                ha="left",
                va="center",
                fontsize=10,
                linespacing=1.25,
                annotation_clip=False,
            )
            return
        text = f"{name}: {outcome.replace(chr(10), ' ')}"
        axes.annotate(
            text,
            (0, row + 0.14),
            xytext=(2, 0),
            textcoords="offset points",
            va="center",
            fontsize=10,
        )


def _apart(at_s: Sequence[float], least_s: float) -> list[float]:
    """Return ascending times without those that lie too near to the one before."""
    kept: list[float] = []
    for at in at_s:
        if not kept or at - kept[-1] >= least_s:
            kept.append(at)
    return kept
