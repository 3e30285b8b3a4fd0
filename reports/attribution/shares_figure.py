"""Small multiples: what each optimization saves, a column per traffic, a row per statistic.

The mean is split into the families of stages that it was saved in; a quantile cannot be split,
because its parts would not sum to it. Panels of one statistic share their scale.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from matplotlib.ticker import MaxNLocator

from harness.rundata import AttributionRecord, Measure, MeasureRecord, ShareRecord, TrafficRecord
from reports.attribution.finding import matters
from reports.attribution.panel_grid import PanelGrid
from reports.families import Family, family_of
from reports.figures import Figure, Width
from reports.figures.canvas import draw, quiet_axes
from reports.figures.ink import Ink, ink_of
from reports.units import digits, seconds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

__all__ = ["STATISTICS", "family_parts", "shares_figure"]

STATISTICS: dict[Measure, str] = {
    Measure.TIME_MEAN: "mean",
    Measure.TIME_P50: "p50",
    Measure.TIME_P95: "p95",
    Measure.TIME_P99: "p99",
}
"""What is shown, and what it is called."""

_BAR = 0.62
"""Height of a bar as share of its row."""

_NUMBER_PX = 38.0
"""Room for the number beside the longest bar."""


def shares_figure(record: AttributionRecord) -> Figure:
    """Draw the shares of all optimizations under all traffic."""
    shown = [m for m in STATISTICS if any(m in traffic.measures for traffic in record.traffic)]

    def paint(figure: "MplFigure", width: Width) -> dict[str, str]:
        return _Painter(figure, width, record, shown).paint()

    return draw(
        paint,
        name="shares",
        alt=_alt(record),
        height_px=lambda width: (
            PanelGrid(width, len(record.traffic), len(shown), len(record.optimizations)).height_px
        ),
    )


def family_parts(share: ShareRecord) -> dict[Family, float]:
    """Return a share by family of stages, those of one family added up, in the key's order."""
    parts = dict.fromkeys(Family, 0.0)
    for stage, part_s in share.stages.items():
        parts[family_of(stage)] += part_s
    return {family: part_s for family, part_s in parts.items() if part_s}


def _alt(record: AttributionRecord) -> str:
    parts = []
    for traffic in record.traffic:
        shares = ", ".join(
            f"{share.optimization} {seconds(share.saved)}"
            for share in traffic.measures[Measure.TIME_MEAN].shares
        )
        parts.append(f"{traffic.name}: {shares}")
    return (
        "Bars of the seconds that each optimization saves, a panel per traffic and statistic. Of"
        f" the mean: {'; '.join(parts)}."
    )


class _Painter:
    """Hold what the panels of one drawing share."""

    def __init__(
        self,
        figure: "MplFigure",
        width: Width,
        record: AttributionRecord,
        shown: list[Measure],
    ) -> None:
        self.figure = figure
        self.record = record
        self.shown = shown
        self.grid = PanelGrid(width, len(record.traffic), len(shown), len(record.optimizations))
        self.tooltips: dict[str, str] = {}

    def paint(self) -> dict[str, str]:
        for row, measure in enumerate(self.shown):
            measured = [traffic.measures.get(measure) for traffic in self.record.traffic]
            low, high = _limits([found for found in measured if found is not None])
            for column, traffic in enumerate(self.record.traffic):
                found = measured[column]
                if found is not None:
                    axes = self._panel(column, row, low, high)
                    self._bars(axes, traffic, measure, found, gid=f"bar-{row}-{column}")
                    self._head(axes, measure, found)
                    if self.grid.has_title(row):
                        self._title(axes, traffic)
                    if self.grid.has_names(column, row):
                        self._names(axes)
        return self.tooltips

    def _panel(self, column: int, row: int, low: float, high: float) -> "Axes":
        axes = self.figure.add_axes(self.grid.place(column, row))
        quiet_axes(axes, keep=())
        span = (high - low) or 1.0
        axes.set_xlim(low, high + span * _NUMBER_PX / (self.grid.panel_px - _NUMBER_PX))
        axes.set_ylim(len(self.record.optimizations), 0)
        axes.set_yticks([])
        axes.xaxis.set_major_locator(MaxNLocator(nbins=3, steps=[1, 2, 5, 10]))
        axes.set_xticks([tick for tick in axes.get_xticks() if low <= tick <= high])
        axes.tick_params(axis="x", labelsize=9, pad=2)
        axes.grid(axis="x", color=Ink.GRID.stand_in, linewidth=0.8)
        axes.axvline(0, color=Ink.MUTED.stand_in, linewidth=0.8)
        return axes

    def _bars(
        self,
        axes: "Axes",
        traffic: TrafficRecord,
        measure: Measure,
        measured: MeasureRecord,
        *,
        gid: str,
    ) -> None:
        per_px = (axes.get_xlim()[1] - axes.get_xlim()[0]) / self.grid.panel_px
        for place, share in enumerate(measured.shares):
            for family, left, length in _segments(share):
                box = axes.barh(
                    place + 0.5,
                    length,
                    left=left,
                    height=_BAR,
                    color=Ink.MUTED.stand_in if family is None else ink_of(family),
                    edgecolor=Ink.PAPER.stand_in,
                    linewidth=0.5,
                )
                mark = f"{gid}-{place}-{'all' if family is None else family.value}"
                box[0].set_gid(mark)
                self.tooltips[mark] = _tooltip(traffic, measure, share, family, length)
            self._interval(axes, place, share)
            edge = max(0.0, share.saved, share.high or 0.0)
            axes.text(
                edge + 4 * per_px,
                place + 0.5,
                digits(share.saved),
                va="center_baseline",
                fontsize=9.5,
                color=(Ink.INK if matters(share) else Ink.MUTED).stand_in,
            )

    def _interval(self, axes: "Axes", place: int, share: ShareRecord) -> None:
        if share.low is None or share.high is None or not matters(share):
            return
        axes.plot(
            [share.low, share.high],
            [place + 0.5] * 2,
            color=Ink.INK.stand_in,
            linewidth=1.2,
            solid_capstyle="butt",
        )

    def _head(self, axes: "Axes", measure: Measure, measured: MeasureRecord) -> None:
        change = f"{digits(measured.before)} → {seconds(measured.after)}"
        _above(axes, f"{STATISTICS[measure]}  {change}", 5, fontsize=9.5)

    def _title(self, axes: "Axes", traffic: TrafficRecord) -> None:
        _above(axes, traffic.name, 22, fontweight="bold")

    def _names(self, axes: "Axes") -> None:
        for place, flag in enumerate(self.record.optimizations):
            axes.annotate(
                flag,
                (0, place + 0.5),
                xytext=(-7, 0),
                xycoords=("axes fraction", "data"),
                textcoords="offset points",
                ha="right",
                va="center_baseline",
                fontsize=10,
                annotation_clip=False,
            )


def _above(axes: "Axes", text: str, up_px: float, **style: Any) -> None:
    axes.annotate(
        text,
        (0, 1),
        xytext=(0, up_px),
        xycoords="axes fraction",
        textcoords="offset points",
        annotation_clip=False,
        **style,
    )


def _limits(measured: list[MeasureRecord]) -> tuple[float, float]:
    """Return the common scale of panels: 0 is on it, and every bar and interval fits."""
    ends = [0.0]
    for measure in measured:
        for share in measure.shares:
            ends += [share.saved, sum(part for part in share.stages.values() if part < 0)]
            if matters(share):
                ends += [end for end in (share.low, share.high) if end is not None]
    return min(ends), max(ends)


def _segments(share: ShareRecord) -> list[tuple[Family | None, float, float]]:
    """Return the parts of a bar: (family, left end, length); losses lie left of 0."""
    parts: Mapping[Family, float] = family_parts(share)
    if not parts:
        return [(None, 0.0, share.saved)] if share.saved else []
    segments: list[tuple[Family | None, float, float]] = []
    right = left = 0.0
    for family, part_s in parts.items():
        if part_s > 0:
            segments.append((family, right, part_s))
            right += part_s
        else:
            segments.append((family, left, part_s))
            left += part_s
    return segments


def _tooltip(
    traffic: TrafficRecord,
    measure: Measure,
    share: ShareRecord,
    family: Family | None,
    length_s: float,
) -> str:
    where = "" if family is None else f" in {family.words}"
    return (
        f"{traffic.name}, {STATISTICS[measure]}: {share.optimization} saves"
        f" {seconds(length_s)}{where}"
    )
