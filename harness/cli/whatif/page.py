"""What a what-if leaves behind, and what it says on the terminal."""

from pathlib import Path

import click

from harness.cli.exit_status import ExitStatus
from harness.cli.record_page import RecordPage
from harness.cli.screen import say, show_table
from harness.rundata.whatif import WHATIF, WhatIfRecord

__all__ = ["WHATIF_PAGE"]


def _write(record: WhatIfRecord, out: Path) -> Path:
    # Here and not above: matplotlib takes a second to import, in which points can run already.
    from reports.whatif import write_whatif_report

    return write_whatif_report(record, out)


def _tell(record: WhatIfRecord) -> None:
    from reports.whatif import whatif_lines, whatif_tables

    for line in whatif_lines(record):
        say(line)
    for title, table in whatif_tables(record):
        click.echo()
        say(title)
        show_table(table)
    if not record.audit_ok:
        say("The ledger audit found violations: see the report.", style="red")
    click.echo(
        f"\n{record.simulations} simulations of {record.payments:,} payments in"
        f" {record.wall_s:.0f} s."
    )


def _judge(record: WhatIfRecord) -> ExitStatus:
    return ExitStatus.OK if record.audit_ok else ExitStatus.AUDIT_VIOLATED


WHATIF_PAGE = RecordPage("a what-if", WHATIF, _write, _tell, _judge)
