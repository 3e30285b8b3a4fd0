"""`bkash-bench gate`: hold a run that exists against limits and a baseline."""

from pathlib import Path
from typing import Any

import click

from harness.cli.gate.options import gate_options, take_gate_wish

__all__ = ["gate_command"]

_EPILOG = """\b
Examples:
  bkash-bench gate runs/20261123T101500Z-compare --baseline baseline.json
  bkash-bench gate RUN --limit 'optimized: guide' --limit 'errors <= 0' --junit gate.xml

\b
Exit status: 0 passed, 2 usage, 10 limit exceeded, 11 regression against the baseline,
12 the run is invalid, 13 the ledger audit found a violation. See docs/gate.md.
"""


@click.command("gate", epilog=_EPILOG, short_help="Hold a run against limits and a baseline.")
@click.argument("run", metavar="RUN", type=click.Path(path_type=Path))
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="RUN|FILE",
    help="Run folder or baseline file that relative limits refer to.",
)
@gate_options
def gate_command(*, run: Path, baseline: Path | None, **options: Any) -> int:
    """Hold a run that exists against limits and a baseline, as `compare` does with its own.

    RUN is a run folder. Its figures are worked out anew from its samples; nothing in it is changed.
    """
    wish = take_gate_wish(options, baseline=baseline)
    # Only now: --help is answered without the second that pandas and matplotlib take.
    from harness.cli.gate.gating import conclude, open_for
    from harness.rundata import RunFolder
    from reports import analyse

    folder = RunFolder(run)
    gate = open_for(wish, folder.manifest)
    if gate is None:
        raise click.UsageError("nothing to hold the run against; add --limit or --baseline")
    return conclude(gate, wish, analyse(folder))
