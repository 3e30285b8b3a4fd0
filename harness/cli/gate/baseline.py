"""`bkash-bench baseline`: the figures of a run as a small file, to keep in git."""

from pathlib import Path

import click

__all__ = ["baseline_command"]

_EPILOG = """\b
Examples:
  bkash-bench compare --clock virtual --save-baseline baseline.json
  bkash-bench baseline runs/20261123T101500Z-compare -o baseline.json

\b
Exit status: 0 written, 2 usage, 12 the run is invalid, 13 the ledger audit found a violation;
nothing is written then. See docs/gate.md.
"""


@click.command("baseline", epilog=_EPILOG, short_help="Write a run's figures as a baseline file.")
@click.argument("run", metavar="RUN", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help="Baseline to write, over one that stands there.",
)
def baseline_command(*, run: Path, out: Path) -> int:
    """Write the figures of a run as a baseline, for `--baseline` of later runs.

    RUN is a run folder. The file is small, the same for the same figures, and made for git.
    """
    # Only now: --help is answered without the second that pandas and matplotlib take.
    from harness.cli.compare.publication import judge
    from harness.cli.gate.gating import save_baseline
    from harness.rundata import RunFolder
    from reports import analyse

    analysis = analyse(RunFolder(run))
    status = judge([analysis])
    save_baseline(analysis, out, believed=status)
    return status
