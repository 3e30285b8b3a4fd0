"""What an attribution leaves behind, and what it says on the terminal."""

from pathlib import Path

import click

from harness.cli.exit_status import ExitStatus
from harness.cli.record_page import RecordPage
from harness.cli.screen import say, show_table
from harness.rundata import ATTRIBUTION, AttributionRecord

__all__ = ["ATTRIBUTION_PAGE"]


def _write(record: AttributionRecord, out: Path) -> Path:
    # Here and not above: matplotlib takes a second to import, in which cells can run already.
    from reports.attribution import write_attribution_report

    return write_attribution_report(record, out)


def _tell(record: AttributionRecord) -> None:
    from reports.attribution import attribution_lines, attribution_table, attribution_verdict

    say(attribution_verdict(record), style="bold")
    show_table(attribution_table(record))
    for line in attribution_lines(record):
        say(line)
    if not record.audit_ok:
        say("The ledger audit found violations: see the report.", style="red")
    cells = sum(len(traffic.cells) for traffic in record.traffic)
    click.echo(f"{cells} cells simulated in {record.wall_s:.0f} s.")


def _judge(record: AttributionRecord) -> ExitStatus:
    return ExitStatus.OK if record.audit_ok else ExitStatus.AUDIT_VIOLATED


ATTRIBUTION_PAGE = RecordPage("an attribution", ATTRIBUTION, _write, _tell, _judge)
