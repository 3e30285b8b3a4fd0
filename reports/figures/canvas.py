"""From a matplotlib figure to SVG that belongs to a page: text as text, colours as variables.

The same input gives the same bytes: no date, ids from a fixed salt, no fonts looked up on the
machine but the one that matplotlib carries.
"""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as MplFigure

from reports.figures.ink import Ink

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PX_PER_INCH", "Figure", "Width", "draw", "quiet_axes"]

PX_PER_INCH = 72
"""matplotlib's SVG counts points, 72 an inch; we read them as CSS pixels."""


class Width(Enum):
    """Choose for which page width a figure is drawn, in CSS pixels."""

    WIDE = 920
    NARROW = 370

    @property
    def px(self) -> int:
        """Return the width."""
        return self.value


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold a figure for every page width.

    Attributes:
        wide, narrow: SVG elements.
        alt: what it shows, for those who do not see it.
    """

    wide: str
    narrow: str
    alt: str


_STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "bkash-bench",
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "text.color": Ink.INK.stand_in,
    "axes.edgecolor": Ink.MUTED.stand_in,
    "axes.labelcolor": Ink.INK.stand_in,
    "axes.linewidth": 0.8,
    "xtick.color": Ink.MUTED.stand_in,
    "ytick.color": Ink.MUTED.stand_in,
    "xtick.labelcolor": Ink.INK.stand_in,
    "ytick.labelcolor": Ink.INK.stand_in,
    "xtick.labelsize": 10.5,
    "ytick.labelsize": 10.5,
    "axes.labelsize": 10.5,
    "hatch.linewidth": 1.1,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "path.simplify": False,
}


def draw(
    paint: Callable[[MplFigure, Width], dict[str, str]],
    *,
    name: str,
    alt: str,
    height_px: Callable[[Width], float],
) -> Figure:
    """Draw a figure once per page width.

    Args:
        paint: draws upon the empty figure; returns tooltips by the gid of what they belong to.
        name: unique on the page; prefix of its ids.
        alt: what it shows.
        height_px: height by width, CSS pixels.
    """
    drawn = {}
    for width in Width:
        with _style():
            size = (width.px / PX_PER_INCH, height_px(width) / PX_PER_INCH)
            figure = MplFigure(figsize=size, dpi=PX_PER_INCH)
            FigureCanvasSVG(figure)
            tooltips = paint(figure, width)
            file = io.StringIO()
            figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None}, dpi=160)
        drawn[width] = _to_page(file.getvalue(), f"{name}-{width.name.lower()}", alt, tooltips)
    return Figure(wide=drawn[Width.WIDE], narrow=drawn[Width.NARROW], alt=alt)


def quiet_axes(axes: "Axes", *, keep: tuple[str, ...] = ("bottom",)) -> None:
    """Take away what only frames: all spines but those kept, and tick marks."""
    for side, spine in axes.spines.items():
        spine.set_visible(side in keep)
    axes.tick_params(length=0)
    axes.set_axisbelow(True)


@contextmanager
def _style() -> Iterator[None]:
    # Our style upon matplotlib's defaults, whatever a user's matplotlibrc says.
    style: Any = {k: v for k, v in mpl.rcParamsDefault.items() if k != "backend"} | _STYLE
    with mpl.rc_context(style):
        yield


def _to_page(svg: str, prefix: str, alt: str, tooltips: dict[str, str]) -> str:
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    for ink in Ink:
        svg = svg.replace(ink.stand_in, ink.css)
    # The page's font, and only what the page's own style sheet does not say.
    svg = re.sub(r"font-family: [^;\"]+;? ?", "", svg)
    svg = re.sub(r"<style.*?</style>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r' transform="rotate\(-0 [^"]*"', "", svg)
    svg = svg.replace("xlink:href", "href")
    for gid, tooltip in tooltips.items():
        mark = f'<g id="{gid}">'
        svg = svg.replace(mark, f"{mark}<title>{escape(tooltip)}</title>", 1)
    svg = _private_ids(svg, prefix)
    head = f'<svg class="figure-{prefix.rsplit("-", 1)[1]}" role="img" aria-label="{_quoted(alt)}"'
    box = re.search(r'viewBox="[^"]+"', svg)
    assert box is not None, "matplotlib always writes a viewBox"
    return re.sub(
        r"<svg [^>]*>",
        lambda _: f"{head} {box[0]}>",
        svg,
        count=1,
    ).strip()


def _private_ids(svg: str, prefix: str) -> str:
    """Keep only ids that something refers to, and make them unique on the page."""
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg))

    def rename(match: re.Match[str]) -> str:
        return f' id="{prefix}-{match[1]}"' if match[1] in used else ""

    svg = re.sub(r' id="([^"]+)"', rename, svg)
    svg = re.sub(r'href="#([^"]+)"', rf'href="#{prefix}-\1"', svg)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", svg)


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})
