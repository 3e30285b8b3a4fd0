"""A what-if from its options to its report: the course of `bkash-bench whatif`."""

from pathlib import Path

import click

from harness.cli.display import choose_display
from harness.cli.exit_status import ExitStatus
from harness.cli.run_path import require_free_place
from harness.cli.screen import open_in_browser, print_record, show_table
from harness.cli.study.watch import StudyWatch
from harness.cli.whatif.settings import WhatIfSettings
from harness.cli.whatif.study import run_whatif
from harness.rundata.whatif import WhatIfRecord, write_whatif

__all__ = ["whatif"]

REPORT = "report.html"


def whatif(
    settings: WhatIfSettings, *, as_json: bool, quiet: bool, open_report: bool
) -> ExitStatus:
    """Simulate, publish, and return the exit status that the points deserve.

    Raises:
        ConfigurationError: something cannot be used; nothing was simulated or written.
        HarnessError: a point could not be simulated; nothing was written.
    """
    require_free_place(settings.out)
    with choose_display(quiet=quiet) as display:
        watch = StudyWatch(display)
        record = run_whatif(settings, watch.see)
        watch.write()
        report = _publish(record, settings.out)
    if as_json:
        print_record(record)
    else:
        _tell(record, report)
    if open_report:
        open_in_browser(report)
    return ExitStatus.OK if record.audit_ok else ExitStatus.AUDIT_VIOLATED


def _publish(record: WhatIfRecord, folder: Path) -> Path:
    # Here and not above: matplotlib takes a second to import, in which points can run already.
    from reports.whatif import write_whatif_report

    write_whatif(folder, record)
    return write_whatif_report(record, folder / REPORT)


def _tell(record: WhatIfRecord, report: Path) -> None:
    from reports.whatif import whatif_lines, whatif_tables

    for line in whatif_lines(record):
        click.echo(line)
    for title, table in whatif_tables(record):
        click.echo(f"\n{title}")
        show_table(table)
    click.echo(
        f"\n{record.simulations} simulations of {record.payments:,} payments in"
        f" {record.wall_s:.0f} s. Report: {report}"
    )
