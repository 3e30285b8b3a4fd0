"""Where the panels of small multiples lie: columns of traffic on a wide page, else blocks."""

from dataclasses import dataclass

from reports.figures import Width

__all__ = ["PanelGrid"]

_NAMES_PX = {Width.WIDE: 142, Width.NARROW: 128}
_GAP_PX = {Width.WIDE: 16, Width.NARROW: 10}
_BAR_PX = 17
_HEAD_PX = 24
_TITLE_PX = 20
_FOOT_PX = 26
_BLOCK_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class PanelGrid:
    """Lay out a panel per kind of traffic and statistic.

    On a wide page, a column per traffic and a row per statistic. On a narrow one, and of a single
    kind of traffic, a block per traffic, its statistics two beside each other.

    Attributes:
        width: of the page.
        traffic: kinds of it.
        statistics: how many are shown of each.
        bars: in a panel.
    """

    width: Width
    traffic: int
    statistics: int
    bars: int

    @property
    def panel_px(self) -> float:
        """Return the width of a panel."""
        columns = _BLOCK_COLUMNS if self._in_blocks else self.traffic
        free_px = self.width.px - _NAMES_PX[self.width] - _GAP_PX[self.width] * (columns - 1)
        return free_px / columns

    @property
    def height_px(self) -> float:
        """Return the height of the whole figure."""
        if self._in_blocks:
            return self.traffic * self._block_px
        return _TITLE_PX + self.statistics * self._row_px

    def place(self, column: int, row: int) -> tuple[float, float, float, float]:
        """Return where a panel lies: left, bottom, width, height, as shares of the figure."""
        left_px, top_px = self._corner_px(column, row)
        bars_px = self.bars * _BAR_PX
        return (
            left_px / self.width.px,
            1 - (top_px + bars_px) / self.height_px,
            self.panel_px / self.width.px,
            bars_px / self.height_px,
        )

    def has_names(self, column: int, row: int) -> bool:
        """Tell whether the optimizations are named beside a panel: the leftmost of its line."""
        return row % _BLOCK_COLUMNS == 0 if self._in_blocks else column == 0

    def has_title(self, row: int) -> bool:
        """Tell whether the traffic is named above a panel: once for each kind."""
        return row == 0

    @property
    def _in_blocks(self) -> bool:
        return self.width is Width.NARROW or self.traffic == 1

    @property
    def _row_px(self) -> int:
        return _HEAD_PX + self.bars * _BAR_PX + _FOOT_PX

    @property
    def _block_px(self) -> int:
        lines = -(-self.statistics // _BLOCK_COLUMNS)
        return _TITLE_PX + lines * self._row_px

    def _corner_px(self, column: int, row: int) -> tuple[float, float]:
        step_px = self.panel_px + _GAP_PX[self.width]
        if self._in_blocks:
            across, line = row % _BLOCK_COLUMNS, row // _BLOCK_COLUMNS
            block_px = column * self._block_px
        else:
            across, block_px, line = column, 0, row
        top_px = block_px + _TITLE_PX + line * self._row_px + _HEAD_PX
        return _NAMES_PX[self.width] + across * step_px, top_px
