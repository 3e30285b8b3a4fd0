"""`bkash-bench token-day`: its options."""

from pathlib import Path
from typing import Any

import click

from harness.cli.duration import DURATION
from harness.cli.parameter import NAMES
from harness.cli.rate import RATE

__all__ = ["token_day_command"]

_LARGEST_SEED = 2**63 - 1
_MOST_JOBS = 256
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
    type=DURATION,
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
@click.option(
    "--seed",
    type=click.IntRange(0, _LARGEST_SEED),
    default=1,
    show_default=True,
    help="Of every random draw.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, _MOST_JOBS),
    help="Processes to simulate in.  [default: one per core]",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Run folder to make.  [default: runs/<UTC time>-token-day]",
)
@click.option("--json", "as_json", is_flag=True, help="Print token-day.json to standard output.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.option("--open", "open_report", is_flag=True, help="Open the report in the browser.")
def token_day_command(*, as_json: bool, quiet: bool, open_report: bool, **options: Any) -> int:
    """Simulate a day of tokens under several crontab lines, and say which is safe.

    Every variant runs through a virtual day at the real life of a token, under each schedule: a
    crontab line that calls the cron endpoint when cron would, the refresher inside the process, or
    nothing. Counted are the token calls of the worst hour against bKash's limit of two and the
    shoppers who waited for a token; also with one restart, and with one call too many.
    """
    # Only now: --help is answered without the second that the simulation's parts take to import.
    from harness.cli.token_day.course import token_day
    from harness.cli.token_day.settings import make_token_day_settings

    settings = make_token_day_settings(options)
    return token_day(settings, as_json=as_json, quiet=quiet, open_report=open_report)
