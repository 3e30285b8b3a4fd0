"""A record and its page: how a folder with one is written, told, judged, and made again.

What `attribute`, `token-day`, `whatif` and `probe` leave behind differs in what the record holds;
that there is one file, one page made of it alone, and words for the terminal, is the same for all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

import click

from harness.cli.exit_status import ExitStatus
from harness.cli.screen import open_in_browser, print_record
from harness.errors import ConfigurationError
from harness.rundata import RecordFile

__all__ = ["REPORT", "RecordPage"]

REPORT: Final = "report.html"

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class RecordPage(Generic[R]):
    """Say how one kind of record is shown.

    Attributes:
        words: what a folder with one is, as "an attribution".
        file: where the record stands.
        write: writes the page of a record and returns its path.
        tell: prints what a record says, for people.
        judge: returns the exit status that a record deserves.
    """

    words: str
    file: RecordFile[R]
    write: Callable[[R, Path], Path]
    tell: Callable[[R], None]
    judge: Callable[[R], ExitStatus]

    def publish(self, record: R, folder: Path) -> Path:
        """Write record and page into a folder, which is made, and return the page's path.

        Raises:
            ConfigurationError: they cannot be written.
        """
        self.file.write(folder, record)
        return self.write(record, folder / REPORT)

    def announce(self, record: R, *, as_json: bool, report: Path, open_report: bool) -> ExitStatus:
        """Print the record or what it says, and return the exit status that it deserves."""
        if as_json:
            print_record(record)
        else:
            self.tell(record)
            click.echo(f"Report: {report}")
        if open_report:
            open_in_browser(report)
        return self.judge(record)

    def rebuild(
        self, folder: Path, *, out: Path | None, as_json: bool, open_report: bool
    ) -> ExitStatus:
        """Write the page of a folder again, from its record.

        Raises:
            RunDataError: the record cannot be read.
            ConfigurationError: the page cannot be written, or only over the record.
        """
        report = folder / REPORT if out is None else out
        if report.resolve() == self.file.path(folder).resolve():
            raise ConfigurationError(
                f"cannot write report {report}: that is the record it is made from; name another"
                " file with --out"
            )
        record = self.file.read(folder)
        self.write(record, report)
        return self.announce(record, as_json=as_json, report=report, open_report=open_report)
