"""What a token day leaves behind, and what it says on the terminal."""

from pathlib import Path

import click

from harness.cli.exit_status import ExitStatus
from harness.cli.record_page import RecordPage
from harness.cli.screen import say, show_table
from harness.rundata.token_day import TOKEN_DAY, TokenDayRecord

__all__ = ["TOKEN_DAY_PAGE"]


def _write(record: TokenDayRecord, out: Path) -> Path:
    # Here and not above: matplotlib takes a second to import, in which days can run already.
    from reports.token_day import write_token_day_report

    return write_token_day_report(record, out)


def _tell(record: TokenDayRecord) -> None:
    from reports.token_day import token_day_lines, token_day_tables

    for line in token_day_lines(record):
        say(line)
    for title, table in token_day_tables(record):
        click.echo()
        say(title)
        show_table(table)
    if not record.audit_ok:
        say("The ledger audit found violations: see the report.", style="red")
    click.echo(f"\n{len(record.days)} days simulated in {record.wall_s:.0f} s.")


def _judge(record: TokenDayRecord) -> ExitStatus:
    return ExitStatus.OK if record.audit_ok else ExitStatus.AUDIT_VIOLATED


TOKEN_DAY_PAGE = RecordPage("a token day", TOKEN_DAY, _write, _tell, _judge)
