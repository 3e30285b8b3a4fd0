"""Where the panels of small multiples stand: one per variant, row by row, in pixels."""

from dataclasses import dataclass

from reports.figures import Width

__all__ = ["PanelGrid"]


@dataclass(frozen=True, slots=True)
class PanelGrid:
    """Lay out equal panels.

    Attributes:
        panels: how many.
        columns: how many side by side, by page width.
        panel_px: height of what is drawn upon.
        left_px, right_px, head_px, foot_px: room around it for names and ticks.
    """

    panels: int
    columns: dict[Width, int]
    panel_px: float
    left_px: float
    right_px: float
    head_px: float
    foot_px: float

    def height_px(self, width: Width) -> float:
        """Return the height of the whole figure."""
        rows = -(-self.panels // self.columns[width])
        return rows * self._row_px

    def place(self, width: Width, number: int) -> tuple[float, float, float, float]:
        """Return left, bottom, width and height of one panel, as shares of the figure."""
        columns, height = self.columns[width], self.height_px(width)
        cell_px = width.px / columns
        top = number // columns * self._row_px + self.head_px
        return (
            (number % columns * cell_px + self.left_px) / width.px,
            1 - (top + self.panel_px) / height,
            (cell_px - self.left_px - self.right_px) / width.px,
            self.panel_px / height,
        )

    @property
    def _row_px(self) -> float:
        return self.head_px + self.panel_px + self.foot_px
