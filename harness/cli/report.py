"""`bkash-bench report`: the report of a run again, or several runs side by side."""

from pathlib import Path

import click

__all__ = ["report_command"]

_EPILOG = """\b
Examples:
  bkash-bench report runs/20261123T101500Z-compare
  bkash-bench report runs/before runs/after --out change.html
  bkash-bench report runs/20261123T101500Z-token-day

\b
Exit status: 0 all well, 2 a run folder cannot be read, 12 a run is invalid, 13 its ledger
audit found a violation.
"""


@click.command("report", epilog=_EPILOG, short_help="Rebuild the report of a run, or compare runs.")
@click.argument("runs", metavar="RUN…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Report to write.  [default: RUN/report.html; comparison.html for several]",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the summary to standard output; of one run."
)
@click.option("--open", "open_report", is_flag=True, help="Open the report in the browser.")
def report_command(
    *, runs: tuple[Path, ...], out: Path | None, as_json: bool, open_report: bool
) -> int:
    """Rebuild the report of a run from its folder, or put several runs side by side.

    RUN is a folder of compare: samples are read again and every figure is worked out anew. Or one
    of attribute, probe, token-day or whatif: its page is made again from its record.
    """
    if as_json and len(runs) > 1:
        raise click.UsageError("--json prints the summary of one run; name one RUN")
    # Only now: --help is answered without the second that pandas and matplotlib take.
    from harness.cli.rebuilding import rebuild

    return rebuild(runs, out=out, as_json=as_json, open_report=open_report)
