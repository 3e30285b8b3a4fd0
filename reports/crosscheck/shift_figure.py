"""What the real clock adds to each stage, upon what was predicted: a panel per variant.

The same scale everywhere. A dot beyond its bar is a stage in which the clocks disagree.
"""

from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator

from harness.rundata.crosscheck import CrosscheckRecord, StageRecord
from reports.crosscheck.finding import PAYMENT, shift_s
from reports.crosscheck.panel_grid import PanelGrid
from reports.families import family_of, in_journey_order, labels_of
from reports.figures import Figure, Width
from reports.figures.canvas import draw, quiet_axes
from reports.figures.ink import Ink, ink_of
from reports.units import milliseconds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

__all__ = ["shift_figure"]

_COLUMNS = {Width.WIDE: 3, Width.NARROW: 1}
_ROW_PX = 19.0
_ROOM = 1.25
"""Longest dot or, among the stages, second longest bar times this: one long tail may run out of the
panel rather than press all others against the wall."""


def shift_figure(record: CrosscheckRecord) -> Figure | None:
    """Draw every judged stage of every variant; None where none was."""
    judged = {
        variant: {
            s.stage: s for s in record.of(variant) if s.verdict != "too_few" and s.stage != PAYMENT
        }
        for variant in record.variants
    }
    judged = {variant: stages for variant, stages in judged.items() if stages}
    if not judged:
        return None
    names = in_journey_order(tuple({name for stages in judged.values() for name in stages}))
    reach_ms = _reach_ms([s for stages in judged.values() for s in stages.values()])
    grid = PanelGrid(
        len(judged),
        _COLUMNS,
        panel_px=_ROW_PX * len(names),
        left_px=112,
        right_px=18,
        head_px=30,
        foot_px=46,
    )

    def paint(figure: "MplFigure", width: Width) -> dict[str, str]:
        for number, (variant, stages) in enumerate(judged.items()):
            axes = figure.add_axes(grid.place(width, number))
            _frame(axes, variant, names, reach_ms)
            for row, name in enumerate(names):
                if name in stages:
                    _row(axes, row, stages[name])
        return {}

    return draw(paint, name="shifts", alt=_alt(judged), height_px=grid.height_px)


def _reach_ms(stages: list[StageRecord]) -> tuple[float, float]:
    shifts = [s * 1e3 for stage in stages for s in _shifts_s(stage)]
    bars = sorted(stage.most_s * 1e3 for stage in stages if stage.most_s is not None)
    far = bars[int(0.8 * (len(bars) - 1))] if bars else 0.0
    return min([0.0, *shifts]) * _ROOM, max([1.0, far, *shifts]) * _ROOM


def _frame(axes: "Axes", variant: str, names: list[str], reach_ms: tuple[float, float]) -> None:
    quiet_axes(axes)
    axes.set_title(variant, loc="left", fontsize=11, pad=7)
    axes.set_xlim(*reach_ms)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), [labels_of(name)[0] for name in names])
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 5, 10]))
    axes.grid(axis="x", color=Ink.GRID.stand_in, linewidth=0.8)
    axes.axvline(0, color=Ink.MUTED.stand_in, linewidth=0.8)
    axes.tick_params(axis="x", pad=6)
    axes.set_xlabel("added, ms")


def _row(axes: "Axes", row: int, stage: StageRecord) -> None:
    if stage.most_s is not None:
        color = ink_of(family_of(stage.stage))
        axes.barh(row, stage.most_s * 1e3, height=0.55, color=color, alpha=0.4, linewidth=0)
    for statistic, filled in (("p95_s", False), ("p50_s", True)):
        shift = shift_s(stage, statistic)
        if shift is not None:
            axes.plot(
                shift * 1e3,
                row,
                marker="o",
                markersize=5,
                markeredgecolor=Ink.INK.stand_in,
                markerfacecolor=Ink.INK.stand_in if filled else Ink.PAPER.stand_in,
                linestyle="none",
            )


def _shifts_s(stage: StageRecord) -> list[float]:
    shifts = (shift_s(stage, "p50_s"), shift_s(stage, "p95_s"))
    return [shift for shift in shifts if shift is not None]


def _alt(judged: dict[str, dict[str, StageRecord]]) -> str:
    parts = []
    for variant, stages in judged.items():
        within = sum(stage.verdict == "within" for stage in stages.values())
        most = max((s for stage in stages.values() for s in _shifts_s(stage)), default=0.0)
        parts.append(
            f"{variant}: {within} of {len(stages)} stages within their prediction, at most"
            f" {milliseconds(most)} ms added"
        )
    return f"What the real clock adds to each stage, by variant. {'; '.join(parts)}."
