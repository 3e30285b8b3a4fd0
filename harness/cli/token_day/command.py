"""`bkash-bench token-day`: its options."""

from pathlib import Path
from typing import Any

import click

from harness.cli.duration import DURATION, TOKEN_LIFE
from harness.cli.parameter import NAMES
from harness.cli.rate import RATE
from harness.cli.study import study_options, take_study_wish

__all__ = ["token_day_command"]

_MOST_INSTANCES = 64

_EPILOG = """\b
Examples:
  bkash-bench token-day
  bkash-bench token-day --cron '*/45 * * * *' --cron '*/10 * * * *' --rate 60/h
  bkash-bench token-day --variants stored,optimized --instances 4 --instance-lifetime 15m
  bkash-bench token-day --json > token-day.json

\b
Exit status: 0 all well, 2 usage, 12 a simulation broke off, 13 the ledger audit found a
violation. See docs/token-day.md.
"""


@click.command("token-day", epilog=_EPILOG, short_help="Find the safe way to keep the token fresh.")
@click.option(
    "--variants",
    type=NAMES,
    help="Variants to simulate.  [default: the seven built in, and 'unstored']",
)
@click.option(
    "--variants-file", type=click.Path(path_type=Path), help="TOML file that defines your own."
)
@click.option(
    "--cron",
    "crons",
    multiple=True,
    metavar="LINE",
    help="Crontab line, command or not. Repeatable. The in-process refresher and doing nothing are"
    " always compared.  [default: */45, */50, 0 and */5 * * * *]",
)
@click.option(
    "--rate",
    "rates",
    type=RATE,
    multiple=True,
    metavar="RATE",
    help="Shoppers, as 20/h or 1/min. Repeatable.  [default: 2/h and 6/h]",
)
@click.option(
    "--instances",
    type=click.IntRange(1, _MOST_INSTANCES),
    default=1,
    show_default=True,
    help="Processes of the shop, each with a memory of its own over one database.",
)
@click.option(
    "--instance-lifetime",
    type=DURATION,
    metavar="DURATION",
    help="Life of a process, as on serverless platforms: 15m.  [default: for ever]",
)
@click.option(
    "--profile", default="guide", show_default=True, help="Latency profile: a name or a TOML file."
)
@click.option(
    "--token-lifetime",
    type=TOKEN_LIFE,
    default="1h",
    show_default=True,
    metavar="DURATION",
    help="Life of a gateway token; bKash's is an hour.",
)
@click.option(
    "--duration",
    type=DURATION,
    default="24h",
    show_default=True,
    metavar="DURATION",
    help="Length of the simulated day.",
)
@study_options(name="token-day", file="token-day.json")
def token_day_command(**options: Any) -> int:
    """Simulate a day of tokens under several crontab lines, and say which is safe.

    Every variant runs through a virtual day at the real life of a token, under each schedule: a
    crontab line that calls the cron endpoint when cron would, the refresher inside the process, or
    nothing. Counted are the token calls of the worst hour against bKash's limit of two and the
    shoppers who waited for a token; also with one restart, and with one call too many.
    """
    # Only now: --help is answered without the second that the simulation's parts take to import.
    from harness.cli.study.course import carry_out
    from harness.cli.token_day.page import TOKEN_DAY_PAGE
    from harness.cli.token_day.settings import make_token_day

    wish = take_study_wish(options, name="token-day")
    return carry_out(make_token_day(options), wish, TOKEN_DAY_PAGE)
