"""Run folders in, one self-contained page, a table for the terminal or a summary out.

Reads what a run left on disk and nothing else; knows no gateway, no merchant and no clock.
"""

from reports.analysis import Analysis, analyse
from reports.report import build_report, build_summary, write_report
from reports.terminal import terminal_table, terminal_verdict, terminal_warnings
from reports.variant_analysis import VariantAnalysis

__all__ = [
    "Analysis",
    "VariantAnalysis",
    "analyse",
    "build_report",
    "build_summary",
    "terminal_table",
    "terminal_verdict",
    "terminal_warnings",
    "write_report",
]
