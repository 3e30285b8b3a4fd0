"""A cross-check of the clocks: a record in, one self-contained page and terminal lines out.

Reads `crosscheck.json` and nothing else.
"""

from reports.crosscheck.finding import crosscheck_lines
from reports.crosscheck.page import render_crosscheck, write_crosscheck_report
from reports.crosscheck.terminal import crosscheck_terminal_table

__all__ = [
    "crosscheck_lines",
    "crosscheck_terminal_table",
    "render_crosscheck",
    "write_crosscheck_report",
]
