"""What a probe leaves behind, and what it says on the terminal."""

from pathlib import Path

from harness.cli.exit_status import ExitStatus
from harness.cli.record_page import RecordPage
from harness.cli.screen import say
from harness.rundata import PROBE, ProbeRecord

__all__ = ["PROBE_PAGE"]


def _write(record: ProbeRecord, out: Path) -> Path:
    # Here and not above: matplotlib takes a second to import, in which the probe has begun already.
    from reports.probe import write_probe_report

    return write_probe_report(record, out)


def _tell(record: ProbeRecord) -> None:
    from reports.probe import probe_lines

    for line in probe_lines(record):
        say(line.text, style=line.style)


def _judge(record: ProbeRecord) -> ExitStatus:
    return ExitStatus.OK if record.probed else ExitStatus.INVALID_RUN


PROBE_PAGE = RecordPage("a probe", PROBE, _write, _tell, _judge)
