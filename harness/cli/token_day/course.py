"""A token day from its options to its report: the course of `bkash-bench token-day`."""

from pathlib import Path

import click

from harness.cli.display import choose_display
from harness.cli.exit_status import ExitStatus
from harness.cli.run_path import require_free_place
from harness.cli.screen import open_in_browser, print_record, show_table
from harness.cli.study.watch import StudyWatch
from harness.cli.token_day.settings import TokenDaySettings
from harness.cli.token_day.study import run_study
from harness.rundata.token_day import TokenDayRecord, write_token_day

__all__ = ["token_day"]

REPORT = "report.html"


def token_day(
    settings: TokenDaySettings, *, as_json: bool, quiet: bool, open_report: bool
) -> ExitStatus:
    """Simulate, publish, and return the exit status that the days deserve.

    Raises:
        ConfigurationError: something cannot be used; nothing was simulated or written.
        HarnessError: a day could not be simulated; nothing was written.
    """
    require_free_place(settings.out)
    with choose_display(quiet=quiet) as display:
        watch = StudyWatch(display)
        record = run_study(settings, watch.see)
        watch.write()
        report = _publish(record, settings.out)
    if as_json:
        print_record(record)
    else:
        _tell(record, report)
    if open_report:
        open_in_browser(report)
    return ExitStatus.OK if all(day.audit_ok for day in record.days) else ExitStatus.AUDIT_VIOLATED


def _publish(record: TokenDayRecord, folder: Path) -> Path:
    # Here and not above: matplotlib takes a second to import, in which days can run already.
    from reports.token_day import write_token_day_report

    write_token_day(folder, record)
    return write_token_day_report(record, folder / REPORT)


def _tell(record: TokenDayRecord, report: Path) -> None:
    from reports.token_day import token_day_lines, token_day_tables

    for line in token_day_lines(record):
        click.echo(line)
    for title, table in token_day_tables(record):
        click.echo(f"\n{title}")
        show_table(table)
    click.echo(f"\n{len(record.days)} days simulated in {record.wall_s:.0f} s. Report: {report}")
