"""The front of this room: from run folders to a written page or a summary.

analysis = analyse(RunFolder(path))          # once; then as often as needed:
write_report([analysis], path / "report.html")
folder.write_summary(analysis.summary)
analysis.valid, analysis.audit_ok, analysis.warnings
"""

from collections.abc import Sequence
from pathlib import Path

from harness.errors import ConfigurationError
from harness.rundata import RunFolder, Summary
from reports.analysis import Analysis, analyse
from reports.page import render_comparison, render_run
from reports.template import write_page

__all__ = ["build_report", "build_summary", "write_report"]


def build_report(folders: Sequence[RunFolder], out: Path) -> Path:
    """Write the page of one run, or of several side by side, and return its path.

    Raises:
        RunDataError: a folder's content is missing or cannot be read; nothing is written.
        ConfigurationError: no folder was given, or `out` cannot be written.
    """
    return write_report([analyse(folder) for folder in folders], out)


def build_summary(folder: RunFolder) -> Summary:
    """Return the run in figures; writing it into the folder is the caller's.

    Raises:
        RunDataError: the folder's content is missing or cannot be read.
    """
    return analyse(folder).summary


def write_report(analyses: Sequence[Analysis], out: Path) -> Path:
    """Write the page of runs that are worked out already, and return its path.

    Raises:
        ConfigurationError: there is no run, or `out` cannot be written.
    """
    if not analyses:
        raise ConfigurationError("a report needs at least one run folder")
    page = render_run(analyses[0]) if len(analyses) == 1 else render_comparison(analyses)
    return write_page(page, out)
