"""A cross-check for the terminal: a table of 80 columns."""

from rich.table import Table as RichTable
from rich.text import Text

from harness.rundata.crosscheck import CrosscheckRecord
from reports.crosscheck.finding import shift_s, wholes
from reports.crosscheck.tables import VERDICT_WORDS
from reports.units import NONE, count, digits, milliseconds

__all__ = ["crosscheck_terminal_table"]


def crosscheck_terminal_table(record: CrosscheckRecord) -> RichTable:
    """Return the whole payments of both clocks."""
    drawn = RichTable(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    drawn.add_column("variant", no_wrap=True)
    for head in ("n", "p50 real", "virtual s", "added", "p95 added", "at most ms"):
        drawn.add_column(head, justify="right", no_wrap=True)
    drawn.add_column("", no_wrap=True)
    for stage in wholes(record):
        drawn.add_row(
            Text(stage.variant),
            count(stage.real_n),
            digits(stage.real_p50_s),
            digits(stage.virtual_p50_s),
            _added(shift_s(stage, "p50_s")),
            _added(shift_s(stage, "p95_s")),
            milliseconds(stage.most_s),
            VERDICT_WORDS.get(stage.verdict, NONE),
        )
    return drawn


def _added(shift: float | None) -> str:
    return NONE if shift is None else digits(shift * 1e3, signed=True)
