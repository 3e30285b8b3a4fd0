"""`bkash-bench whatif`: its options."""

from pathlib import Path
from typing import Any

import click

from harness.cli.duration import TOKEN_LIFE
from harness.cli.parameter import NAMES
from harness.cli.rate import RANGE, RATE
from harness.cli.study import study_options, take_study_wish

__all__ = ["whatif_command"]

_MOST_PAYMENTS = 20_000
_MOST_POINTS = 50

_EPILOG = """\b
Examples:
  bkash-bench whatif
  bkash-bench whatif --stage create_payment --range 0.25..2
  bkash-bench whatif --setting timeout --profile flaky
  bkash-bench whatif --setting rate --range 2/h..600/h --variants stored,optimized
  bkash-bench whatif --stage create_payment --stage token_lookup --json

\b
Exit status: 0 all well, 2 usage, 12 a simulation broke off, 13 the ledger audit found a
violation. See docs/whatif.md.
"""


@click.command("whatif", epilog=_EPILOG, short_help="Find the stage or setting that pays most.")
@click.option(
    "--stage",
    "stages",
    multiple=True,
    metavar="NAME",
    help="Stage to make faster and slower. Repeatable.  [default: all of them, ranked]",
)
@click.option(
    "--setting",
    "settings",
    multiple=True,
    metavar="NAME",
    help="Setting to change: timeout, refresh_interval, buffer, rate, round_trip. Repeatable.",
)
@click.option(
    "--range",
    type=RANGE,
    metavar="A..B",
    help="Factors of a stage, or values of a setting (s; rates as 2/h)."
    "  [default: 0.25..2 for stages; each setting has its own]",
)
@click.option(
    "--points",
    type=click.IntRange(2, _MOST_POINTS),
    help="Values over the range.  [default: 7; 4 where all stages are asked about]",
)
@click.option("--variants", type=NAMES, help="Variants to simulate.  [default: the seven built in]")
@click.option(
    "--variants-file", type=click.Path(path_type=Path), help="TOML file that defines your own."
)
@click.option(
    "--profile", default="guide", show_default=True, help="Latency profile: a name or a TOML file."
)
@click.option(
    "--payments",
    type=click.IntRange(20, _MOST_PAYMENTS),
    help="Shoppers at every point.  [default: 1000; 200 where all stages are asked about]",
)
@click.option(
    "--rate",
    type=RATE,
    default="60/h",
    show_default=True,
    metavar="RATE",
    help="Shoppers, as 60/h or 20/min.",
)
@click.option(
    "--token-lifetime",
    type=TOKEN_LIFE,
    default="1h",
    show_default=True,
    metavar="DURATION",
    help="Life of a gateway token; bKash's is an hour.",
)
@study_options(name="whatif", file="whatif.json")
def whatif_command(**options: Any) -> int:
    """Change one thing, keep everything else, and see what a payment takes.

    Every point is simulated anew on the virtual clock with the same shoppers and draws, so that a
    curve is exact and not an estimate. Without --stage and --setting, all stages are swept and
    ranked, and the conclusions of a comparison are held against everything that the latency profile
    assumes: which of them stand over the whole range, and where the others flip.
    """
    # Only now: --help is answered without the second that the simulation's parts take to import.
    from harness.cli.study.course import carry_out
    from harness.cli.whatif.page import WHATIF_PAGE
    from harness.cli.whatif.settings import make_whatif

    wish = take_study_wish(options, name="whatif")
    return carry_out(make_whatif(options), wish, WHATIF_PAGE)
