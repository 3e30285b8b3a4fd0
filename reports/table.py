"""A table as data: what the page's template and the terminal both draw."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from reports.units import NONE

__all__ = ["Cell", "Column", "Group", "Table", "missing", "text"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold one cell.

    Attributes:
        text: what it says.
        sub: smaller text below, as a rule an interval.
        reason: why it says so; shown on hover, and below the table where the cell is "–".
        level: how strongly it is shaded, 0 (not) to 4.
        tag: a word that the style sheet may colour (a verdict, a basis), else "".
    """

    text: str
    sub: str = ""
    reason: str = ""
    level: int = 0
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """Head one column: its name, its unit, and whether it holds numbers or words."""

    head: str
    unit: str = ""
    numeric: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Hold rows that belong together; the first cell of a row is its name.

    Attributes:
        head: name of the group, "" for none.
        rows: cells in the order of the columns.
    """

    head: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a whole table.

    Attributes:
        caption: what it shows, for a reader who sees only the table.
        columns: their heads.
        groups: the rows.
        notes: sentences below.
    """

    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def footnotes(self) -> list[str]:
        """Return the notes, and why cells are empty, each reason once."""
        reasons = dict.fromkeys(
            cell.reason for cell in self._cells() if cell.text == NONE and cell.reason
        )
        return [*self.notes, *(f"{NONE} {reason}" for reason in reasons)]

    def _cells(self) -> Iterator[Cell]:
        for group in self.groups:
            for row in group.rows:
                yield from row


def text(value: str, *, sub: str = "", reason: str = "") -> Cell:
    """Return a cell that says `value`."""
    return Cell(text=value, sub=sub, reason=reason)


def missing(reason: str) -> Cell:
    """Return a cell for a figure that does not exist, and why."""
    return Cell(text=NONE, reason=reason)
