"""Small multiples: what each stage's speed changes, a panel per variant.

The same vertical scale everywhere, so that a steep line is a stage worth working on, whoever has
it. Stages that change nothing lie on the zero line and are not named.
"""

from typing import TYPE_CHECKING

from harness.rundata.whatif import KnobKind, SweepRecord, WhatIfRecord
from reports.families import family_of, labels_of
from reports.figures import Figure, Width
from reports.figures.canvas import draw
from reports.figures.ink import Ink, ink_of
from reports.units import seconds
from reports.whatif.axes import Ending, label_endings, place_values
from reports.whatif.payoff import hero_of, ranked_payoffs

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

__all__ = ["changes_of", "draw_lines", "stage_panels"]

_COLUMNS = {Width.WIDE: 4, Width.NARROW: 2}
_PANEL_PX = {Width.WIDE: 176, Width.NARROW: 170}
_NAMES_PX = {Width.WIDE: 74, Width.NARROW: 62}
_TICKS = {Width.WIDE: 4, Width.NARROW: 3}
_LEFT_PX = 34
_HEAD_PX = 30
_FOOT_PX = 30
_NAMED = 3
_LABEL_LETTERS = 8
_MATTERS_S = 0.02
"""A stage that moves a payment by less over its whole range is not named."""


def stage_panels(record: WhatIfRecord, statistic: str, *, name: str) -> Figure | None:
    """Draw all stages of all variants; None where no stage was swept.

    Args:
        record: with sweeps.
        statistic: `p50_s` or `p95_s`.
        name: unique on the page.
    """
    sweeps = [sweep for sweep in record.sweeps if sweep.kind is KnobKind.STAGE]
    names = [v.name for v in record.variants if getattr(record.base[v.name], statistic) is not None]
    if not sweeps or not names:
        return None
    curves = {variant: changes_of(record, sweeps, variant, statistic) for variant in names}
    changes = [c for by in curves.values() for points in by.values() for _, c in points]
    lowest, highest = min([0.0, *changes]), max([0.0, *changes])
    pad = 0.06 * (highest - lowest or 1.0)

    def paint(figure: "MplFigure", width: Width) -> dict[str, str]:
        for number, variant in enumerate(names):
            axes = figure.add_axes(_place(width, number, len(names)))
            place_values(axes, sweeps[0], ticks=_TICKS[width])
            axes.set_ylim(lowest - pad, highest + pad)
            strong = variant == hero_of(record)
            axes.set_title(
                variant, loc="left", fontsize=11, pad=7, fontweight="bold" if strong else "normal"
            )
            draw_lines(axes, curves[variant], height_px=_PANEL_PX[width])
        return {}

    return draw(
        paint,
        name=name,
        alt=_alt(record, names, statistic),
        height_px=lambda width: _rows(width, len(names)) * _row_px(width),
    )


def changes_of(
    record: WhatIfRecord, sweeps: list[SweepRecord], variant: str, statistic: str
) -> dict[str, list[tuple[float, float]]]:
    """Return by stage the points of its line: factor, and seconds by which a statistic changes."""
    base = getattr(record.base[variant], statistic)
    return {
        sweep.name: [
            (point.value, time_s - base)
            for point in sweep.points
            if (time_s := getattr(point.figures[variant], statistic)) is not None
        ]
        for sweep in sweeps
    }


def draw_lines(
    axes: "Axes",
    curves: dict[str, list[tuple[float, float]]],
    *,
    height_px: float,
    named: int = _NAMED,
) -> None:
    """Draw a line per stage, and name those at their ends that move a payment most."""
    axes.axhline(0, color=Ink.MUTED.stand_in, linewidth=0.8)
    reach = {
        stage: max(c for _, c in points) - min(c for _, c in points)
        for stage, points in curves.items()
        if points
    }
    ranked = sorted(reach, key=lambda stage: -reach[stage])
    told = [stage for stage in ranked if reach[stage] >= _MATTERS_S][:named]
    endings: list[Ending] = []
    for stage in reversed(ranked):
        values, changes = zip(*curves[stage], strict=True)
        color = ink_of(family_of(stage))
        axes.plot(
            values,
            changes,
            color=color,
            linewidth=2.0 if stage in told else 1.0,
            alpha=1.0 if stage in told else 0.6,
        )
        if stage in told:
            endings.append((_short(stage), values[-1], changes[-1], color, False))
    label_endings(axes, endings, height_px=height_px)


def _short(stage: str) -> str:
    """Return the longest label that fits beside a panel."""
    labels = labels_of(stage)
    return next((label for label in labels if len(label) <= _LABEL_LETTERS), labels[-1])


def _rows(width: Width, panels: int) -> int:
    return -(-panels // _COLUMNS[width])


def _row_px(width: Width) -> float:
    return _HEAD_PX + _PANEL_PX[width] + _FOOT_PX


def _place(width: Width, number: int, panels: int) -> tuple[float, float, float, float]:
    columns = _COLUMNS[width]
    height = _rows(width, panels) * _row_px(width)
    column, row = number % columns, number // columns
    cell_px = width.px / columns
    top = row * _row_px(width) + _HEAD_PX
    return (
        (column * cell_px + _LEFT_PX) / width.px,
        1 - (top + _PANEL_PX[width]) / height,
        (cell_px - _LEFT_PX - _NAMES_PX[width]) / width.px,
        _PANEL_PX[width] / height,
    )


def _alt(record: WhatIfRecord, names: list[str], statistic: str) -> str:
    parts = []
    for name in names:
        best = ranked_payoffs(record, name, kinds=(KnobKind.STAGE,))
        if best:
            first = best[0]
            saved_s = first.p50_s if statistic == "p50_s" else first.p95_s
            parts.append(f"{name}: {first.sweep.name} saves {seconds(saved_s)} at half its time")
    what = "median" if statistic == "p50_s" else "p95"
    return (
        f"Change of the {what} by how slow each stage is, a panel per variant. {'; '.join(parts)}."
    )
