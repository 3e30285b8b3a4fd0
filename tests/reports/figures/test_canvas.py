"""SVG that belongs to a page."""

import re
import xml.etree.ElementTree as ElementTree

from matplotlib.figure import Figure as MplFigure

from reports.figures import Figure, Width
from reports.figures.canvas import draw, quiet_axes
from reports.figures.ink import Ink


def _draw(name: str = "test") -> Figure:
    def paint(figure: MplFigure, width: Width) -> dict[str, str]:
        axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
        quiet_axes(axes)
        axes.plot([0, 1], [0, 1], marker="o", color=Ink.TOKEN.stand_in)
        box = axes.barh([0], [1], hatch="//", facecolor="none", edgecolor=Ink.INK.stand_in)
        box[0].set_gid("box")
        axes.text(0.5, 0.5, f"text as text −1 {width.px}")
        return {"box": "a <bar> & more"}

    return draw(paint, name=name, alt='says "so" & so', height_px=lambda width: width.px / 2)


def test_same_drawing_gives_the_same_bytes() -> None:
    """No date, no random id."""
    assert _draw() == _draw()


def test_text_stays_text_in_the_pages_font() -> None:
    """Selectable, searchable, and no font of the machine."""
    figure = _draw()
    assert "text as text −1 920" in figure.wide
    assert "text as text −1 370" in figure.narrow
    assert "font-family" not in figure.wide
    assert "font-size: 11px" in figure.wide


def test_colours_are_variables_of_the_style_sheet() -> None:
    """Dark mode needs no second drawing."""
    figure = _draw()
    assert "var(--token)" in figure.wide
    assert "currentColor" in figure.wide
    assert "#0102" not in figure.wide


def test_nothing_points_outside_the_page() -> None:
    """No namespace address, no metadata, no style that reaches beyond."""
    figure = _draw()
    for svg in (figure.wide, figure.narrow):
        assert "http" not in svg
        assert "<style" not in svg
        assert "<metadata" not in svg


def test_alt_text_and_size_are_on_the_element() -> None:
    """Named for those who do not see it, sized by the page."""
    head = _draw().wide.split(">", 1)[0]
    assert 'role="img"' in head
    assert 'aria-label="says &quot;so&quot; &amp; so"' in head
    assert 'viewBox="0 0 920 460"' in head
    assert " width=" not in head
    assert "figure-wide" in head


def test_ids_are_unique_on_the_page_and_all_referred_to() -> None:
    """Two figures on one page must not take each other's hatches."""
    ids: list[str] = []
    for figure in (_draw("one"), _draw("two")):
        for svg in (figure.wide, figure.narrow):
            own = re.findall(r' id="([^"]+)"', svg)
            used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg))
            assert set(own) == used
            ids += own
    assert ids
    assert len(ids) == len(set(ids))


def test_a_bar_has_its_tooltip() -> None:
    """Figures on hover, escaped."""
    assert "<title>a &lt;bar&gt; &amp; more</title>" in _draw().wide


def test_the_svg_is_well_formed() -> None:
    """An XML parser reads it."""
    assert ElementTree.fromstring(_draw().narrow).tag.rpartition("}")[2] == "svg"
