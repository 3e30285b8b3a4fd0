"""`bkash-bench crosscheck`: its options."""

from pathlib import Path
from typing import Any

import click

from harness.cli.crosscheck.settings import DURATION_S, RATE_PER_S, TOKEN_LIFETIME_S
from harness.cli.duration import DURATION
from harness.cli.parameter import NAMES, Quantity

__all__ = ["crosscheck_command"]

_LARGEST_SEED = 2**63 - 1

_EPILOG = """\b
Examples:
  bkash-bench crosscheck
  bkash-bench crosscheck --variants sequential,optimized --duration 60
  bkash-bench crosscheck --profile shop.toml --json > crosscheck.json

\b
Exit status: 0 both clocks agree, 2 usage, 10 a stage lies outside its prediction, 12 a run is
invalid, 13 the ledger audit found a violation, 130 stopped by Ctrl-C. See docs/crosscheck.md.
"""


@click.command(
    "crosscheck",
    epilog=_EPILOG,
    short_help="Run one scenario on both clocks and hold them against each other.",
)
@click.option("--variants", type=NAMES, help="Variants to run.  [default: the seven built in]")
@click.option(
    "--profile", default="guide", show_default=True, help="Latency profile: a name or a TOML file."
)
@click.option(
    "--rate",
    type=Quantity("payments per second", most=1000, least=0.1),
    default=RATE_PER_S,
    show_default=True,
    help="Payments per second and variant.",
)
@click.option(
    "--duration",
    type=DURATION,
    default=DURATION_S,
    show_default=True,
    help="Time in which shoppers arrive in each of the three real runs: seconds, or 90s, 2m.",
)
@click.option(
    "--token-lifetime",
    type=Quantity("seconds", most=86_400, least=0.1),
    default=TOKEN_LIFETIME_S,
    show_default=True,
    help="Seconds that a gateway token lives.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, _LARGEST_SEED),
    default=1,
    show_default=True,
    help="Of every random draw.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder to make.  [default: runs/<UTC time>-crosscheck]",
)
@click.option("--json", "as_json", is_flag=True, help="Print crosscheck.json to standard output.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.option("--open", "open_report", is_flag=True, help="Open the report in the browser.")
def crosscheck_command(*, as_json: bool, quiet: bool, open_report: bool, **options: Any) -> int:
    """Run one scenario on both clocks and hold them against each other, stage by stage.

    The virtual clock leaves out what processors do. Two more real runs say how much that is: one
    without any wait (profile fast), one with a short wait everywhere. What the real clock adds to
    the virtual one has to lie within.
    """
    # Only now: --help is answered without the second that the lab's parts take to import.
    from harness.cli.crosscheck.course import crosscheck
    from harness.cli.crosscheck.settings import make_crosscheck_settings

    settings = make_crosscheck_settings(options)
    return crosscheck(settings, as_json=as_json, quiet=quiet, open_report=open_report)
