"""Reports from run folders that exist: the course of `bkash-bench report`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from harness.cli.attribute.page import ATTRIBUTION_PAGE
from harness.cli.compare.publication import judge, print_json, print_table, publish, tell
from harness.cli.crosscheck.page import CROSSCHECK_PAGE
from harness.cli.exit_status import ExitStatus
from harness.cli.probe.page import PROBE_PAGE
from harness.cli.record_page import RecordPage
from harness.cli.screen import open_in_browser
from harness.cli.token_day.page import TOKEN_DAY_PAGE
from harness.cli.whatif.page import WHATIF_PAGE
from harness.errors import ConfigurationError
from harness.rundata import RunFolder
from reports import Analysis, analyse, terminal_verdict, write_report

__all__ = ["COMPARISON", "rebuild"]

COMPARISON = Path("comparison.html")
"""Report of several runs, in the current folder: it belongs to none of them."""

PAGES: Final[tuple[RecordPage[Any], ...]] = (
    ATTRIBUTION_PAGE,
    CROSSCHECK_PAGE,
    PROBE_PAGE,
    TOKEN_DAY_PAGE,
    WHATIF_PAGE,
)
"""What a folder can hold that is no run: one record, and the page made of it."""

DATA_SUFFIXES = frozenset({".csv", ".json"})
"""What a run folder's own files end in; a report over one of them would end the run."""


def rebuild(
    runs: Sequence[Path], *, out: Path | None, as_json: bool, open_report: bool
) -> ExitStatus:
    """Write the report of one folder, or of several runs side by side; return what they deserve.

    A single run's own report and summary are renewed, unless `out` names another place. What a
    folder holds is found out by its files.

    Raises:
        RunDataError: a folder is missing, truncated, or of another schema version.
        ConfigurationError: the report cannot be written, or only over a run's own data.
    """
    page = next((page for page in PAGES for path in runs if page.file.is_in(path)), None)
    if page is not None:
        _refuse_company(page, runs)
        return page.rebuild(runs[0], out=out, as_json=as_json, open_report=open_report)
    folders = [RunFolder(path) for path in runs]
    if out is not None:
        _spare_the_data(folders, out)
    if len(folders) == 1 and out is None:
        analyses, report = [publish(folders[0])], folders[0].report_path
    else:
        analyses = [analyse(folder) for folder in folders]
        report = write_report(analyses, out or COMPARISON)
    if as_json:
        print_json(analyses[0])
    else:
        _tell(analyses, report)
    if open_report:
        open_in_browser(report)
    return judge(analyses)


def _refuse_company(page: RecordPage[Any], runs: Sequence[Path]) -> None:
    if len(runs) > 1:
        folder = next(path for path in runs if page.file.is_in(path))
        raise ConfigurationError(
            f"{folder} is {page.words} and has a report of its own; name it alone"
        )


def _spare_the_data(folders: Sequence[RunFolder], out: Path) -> None:
    for folder in folders:
        if out.resolve().parent == folder.path.resolve() and out.suffix.lower() in DATA_SUFFIXES:
            raise ConfigurationError(
                f"cannot write report {out}: that is where run {folder.path} keeps its data;"
                " name another file with --out"
            )


def _tell(analyses: Sequence[Analysis], report: Path) -> None:
    if len(analyses) == 1:
        tell(analyses[0], report=report)
        return
    for analysis in analyses:
        click.echo(f"{analysis.folder.path}: {terminal_verdict(analysis)}")
        print_table(analysis)
    click.echo(f"Report: {report}")
