"""What a cross-check leaves behind beside its runs, and what it says on the terminal."""

from pathlib import Path

from harness.cli.exit_status import ExitStatus
from harness.cli.record_page import RecordPage
from harness.cli.screen import say, show_table
from harness.rundata.crosscheck import CROSSCHECK, CrosscheckRecord

__all__ = ["CROSSCHECK_PAGE"]


def _write(record: CrosscheckRecord, out: Path) -> Path:
    # Here and not above: matplotlib takes a second to import, in which a run could have begun.
    from reports.crosscheck import write_crosscheck_report

    return write_crosscheck_report(record, out)


def _tell(record: CrosscheckRecord) -> None:
    from reports.crosscheck import crosscheck_lines, crosscheck_terminal_table

    for trouble in record.troubles:
        say(f"INVALID: {trouble}", style="red")
    verdict, *lines = crosscheck_lines(record)
    say(verdict, style="bold")
    show_table(crosscheck_terminal_table(record))
    for line in lines:
        say(line)


def _judge(record: CrosscheckRecord) -> ExitStatus:
    """Wrong money outweighs a poor measurement, and that a disagreement."""
    if not record.audit_ok:
        return ExitStatus.AUDIT_VIOLATED
    if record.troubles:
        return ExitStatus.INVALID_RUN
    outside = any(stage.verdict == "outside" for stage in record.stages)
    return ExitStatus.LIMIT_EXCEEDED if outside else ExitStatus.OK


CROSSCHECK_PAGE = RecordPage("a cross-check", CROSSCHECK, _write, _tell, _judge)
