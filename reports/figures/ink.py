"""Colours as names: matplotlib draws with stand-ins, and the page's style sheet decides.

matplotlib must be given colours when it draws; the page knows only later whether it is dark. So
each name has a stand-in colour that occurs nowhere else, and the finished SVG has it replaced by a
CSS variable. The values behind the variables are in `templates/style.css` (Okabe-Ito).
"""

from enum import Enum

from reports.families import Family

__all__ = ["RASTER", "Ink", "ink_of", "on_ink_of"]


class Ink(Enum):
    """Name a colour: its stand-in, and what replaces it in the page."""

    INK = ("#010203", "currentColor")
    MUTED = ("#010204", "var(--muted)")
    GRID = ("#010205", "var(--grid)")
    PAPER = ("#010206", "var(--paper)")
    GATEWAY = ("#010207", "var(--gateway)")
    TOKEN = ("#010208", "var(--token)")
    DATABASE = ("#010209", "var(--database)")
    OWN = ("#01020a", "var(--own)")
    ON_GATEWAY = ("#01020b", "var(--on-gateway)")
    ON_TOKEN = ("#01020c", "var(--on-token)")
    ON_DATABASE = ("#01020d", "var(--on-database)")
    ON_OWN = ("#01020e", "var(--on-own)")
    FLOOR = ("#01020f", "var(--floor)")

    @property
    def stand_in(self) -> str:
        """Return the colour to draw with."""
        return self.value[0]

    @property
    def css(self) -> str:
        """Return what it becomes in the page."""
        return self.value[1]


RASTER = {Ink.MUTED: "#8c8c8c", Ink.TOKEN: "#e69f00"}
"""Real colours for what is rasterised, legible on light and dark paper."""


def ink_of(family: Family) -> str:
    """Return the colour of a family."""
    return Ink[family.name].stand_in


def on_ink_of(family: Family) -> str:
    """Return the colour of text upon a family's colour."""
    return Ink[f"ON_{family.name}"].stand_in
