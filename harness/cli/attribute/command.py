"""`bkash-bench attribute`: its options."""

from typing import Any

import click

from harness.cli.parameter import NAMES
from harness.cli.study import study_options, take_study_wish

__all__ = ["attribute_command"]

_PAYMENTS = 2_000
"""Twenty of them lie beyond p99."""


_EPILOG = """\b
Examples:
  bkash-bench attribute
  bkash-bench attribute --traffic normal --payments 500
  bkash-bench attribute --base token_store
  bkash-bench attribute --optimizations late_attach,overlapped_create \\
      --base token_cache,early_refresh,parallel_validation

\b
Exit status: 0 all well, 2 usage, 12 a simulation broke off, 13 the ledger audit found a
violation.
"""


@click.command(
    "attribute",
    epilog=_EPILOG,
    short_help="Share the seconds saved out among the optimizations.",
)
@click.option(
    "--optimizations",
    type=NAMES,
    help="Optimizations to share the saving out among, at most 8.  [default: the guide's six]",
)
@click.option(
    "--base",
    type=NAMES,
    help="Optimizations that are on in every cell.  [default: none, the guide's “before”]",
)
@click.option(
    "--traffic",
    type=NAMES,
    help="Kinds of traffic: some of quiet, normal, burst, flaky.  [default: all]",
)
@click.option(
    "--profile",
    default="guide",
    show_default=True,
    help="Latency profile: a name or a TOML file; flaky traffic has its own.",
)
@click.option(
    "--payments",
    type=click.IntRange(20, 40_000),
    default=_PAYMENTS,
    show_default=True,
    help="Payments in each cell.",
)
@study_options(name="attribute", file="attribution.json")
def attribute_command(**options: Any) -> int:
    """Share the seconds that optimizations save out among them, exactly.

    Simulates every set of them (2^6 = 64 for the guide's six) on the virtual clock, with the same
    shoppers and draws in each, under quiet, normal, burst and flaky traffic. An optimization's
    share is its Shapley value: what it adds on average over all orders of switching them on.
    """
    # Only now: --help is answered without the second that the simulation's parts take to import.
    from harness.cli.attribute.page import ATTRIBUTION_PAGE
    from harness.cli.attribute.settings import make_attribution
    from harness.cli.study.course import carry_out

    wish = take_study_wish(options, name="attribute")
    return carry_out(make_attribution(options), wish, ATTRIBUTION_PAGE)
