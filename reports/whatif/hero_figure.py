"""The stages of one variant, on a scale of its own: what its median and p95 become."""

from typing import TYPE_CHECKING

from harness.rundata.whatif import KnobKind, WhatIfRecord
from reports.figures import Figure, Width
from reports.figures.canvas import draw
from reports.units import seconds
from reports.whatif.axes import place_values
from reports.whatif.payoff import hero_of, ranked_payoffs
from reports.whatif.stage_panels import changes_of, draw_lines

if TYPE_CHECKING:
    from matplotlib.figure import Figure as MplFigure

__all__ = ["hero_figure"]

_STATISTICS = (("p50_s", "median, change in seconds"), ("p95_s", "p95, change in seconds"))
_PANEL_PX = 250
_HEAD_PX = 26
_FOOT_PX = 46
_LEFT_PX = 40
_NAMES_PX = 122
_NAMED = 6


def hero_figure(record: WhatIfRecord) -> Figure | None:
    """Draw what each stage's speed changes for the variant to speak of; None without stages."""
    hero = hero_of(record)
    sweeps = [sweep for sweep in record.sweeps if sweep.kind is KnobKind.STAGE]
    if not sweeps or record.base[hero].p50_s is None:
        return None
    curves = [changes_of(record, sweeps, hero, statistic) for statistic, _ in _STATISTICS]
    changes = [c for by in curves for points in by.values() for _, c in points]
    lowest, highest = min([0.0, *changes]), max([0.0, *changes])
    pad = 0.06 * (highest - lowest or 1.0)

    def paint(figure: "MplFigure", width: Width) -> dict[str, str]:
        for number, (_, title) in enumerate(_STATISTICS):
            axes = figure.add_axes(_place(width, number))
            place_values(axes, sweeps[0])
            axes.set_ylim(lowest - pad, highest + pad)
            axes.set_title(title, loc="left", fontsize=10.5, pad=8)
            axes.set_xlabel("the stage, times as slow")
            draw_lines(axes, curves[number], height_px=_PANEL_PX, named=_NAMED)
        return {}

    return draw(paint, name="hero-stages", alt=_alt(record, hero), height_px=_height_px)


def _height_px(width: Width) -> float:
    rows = 1 if width is Width.WIDE else len(_STATISTICS)
    return rows * (_HEAD_PX + _PANEL_PX + _FOOT_PX)


def _place(width: Width, number: int) -> tuple[float, float, float, float]:
    height = _height_px(width)
    across = len(_STATISTICS) if width is Width.WIDE else 1
    column, row = (number, 0) if width is Width.WIDE else (0, number)
    cell_px = width.px / across
    top = row * (_HEAD_PX + _PANEL_PX + _FOOT_PX) + _HEAD_PX
    return (
        (column * cell_px + _LEFT_PX) / width.px,
        1 - (top + _PANEL_PX) / height,
        (cell_px - _LEFT_PX - _NAMES_PX) / width.px,
        _PANEL_PX / height,
    )


def _alt(record: WhatIfRecord, hero: str) -> str:
    ranked = ranked_payoffs(record, hero, kinds=(KnobKind.STAGE,))
    parts = (
        f"{payoff.sweep.name} {seconds(payoff.p50_s)} and {seconds(payoff.p95_s)}"
        for payoff in ranked
        if payoff.pays
    )
    return (
        f"Change of median and p95 of {hero} by how slow each stage is. At half its time a stage"
        f" saves: {', '.join(parts) or 'nothing'}."
    )
