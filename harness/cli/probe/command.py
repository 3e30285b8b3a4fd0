"""`bkash-bench probe`: its options."""

from pathlib import Path
from typing import Any

import click

from harness.cli.mock_place import DEFAULT_MOCK_PORT
from harness.cli.parameter import Quantity
from harness.rundata import Mistake

__all__ = ["ANY", "probe_command"]

ANY = "any"
"""Of `--fail-on`: whatever is found."""

_LARGEST_SEED = 2**63 - 1

_EPILOG = """\b
Examples:
  bkash-bench probe --target http://127.0.0.1:3000
  bkash-bench probe --target shop.toml
  bkash-bench probe --target guide-nextjs --url http://127.0.0.1:3001
  bkash-bench probe --target merchant --fail-on any --json > probe.json

\b
The shop runs already and calls bKash at http://127.0.0.1:8700/v1.2.0-beta; the probe starts the
mock there. Exit status: 0 probed, whatever was found; 2 usage; 10 found what --fail-on names;
12 the shop could not be probed; 130 stopped by Ctrl-C. See docs/probe.md.
"""


@click.command(
    "probe", epilog=_EPILOG, short_help="Show where the seconds of your own shop's payments go."
)
@click.option(
    "--target",
    required=True,
    metavar="FILE|NAME|URL",
    help="How the shop is spoken to: a TOML file, or merchant or guide-nextjs. Or the URL of a"
    " shop that is spoken to like merchant.",
)
@click.option("--url", metavar="URL", help="Base URL of the shop.  [default: the target's url]")
@click.option(
    "--mock-port",
    type=click.IntRange(1, 65_535),
    default=DEFAULT_MOCK_PORT,
    show_default=True,
    help="Port at which the shop expects bKash.",
)
@click.option(
    "--profile",
    metavar="NAME|FILE",
    default="guide",
    show_default=True,
    help="How slow bKash is: a latency profile or a TOML file.",
)
@click.option(
    "--payments",
    type=click.IntRange(1, 1000),
    help="Payments of one shopper after the other.  [default: 20, fewer at a slow shop]",
)
@click.option(
    "--patience",
    type=Quantity("seconds", most=600, least=0.1),
    default=20.0,
    show_default=True,
    help="How long a shop is watched while its gateway hangs.",
)
@click.option(
    "--token-lifetime",
    type=Quantity("seconds", most=3600, least=0.5),
    default=12.0,
    show_default=True,
    help="Shortest life of the token whose end is watched.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, _LARGEST_SEED),
    help="Of every draw, and of who buys what.  [default: another one each time]",
)
@click.option(
    "--allow-remote",
    multiple=True,
    metavar="HOST",
    help="Allow a shop on HOST, which is not this machine. Repeatable.",
)
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice([ANY, *(mistake.value for mistake in Mistake)]),
    metavar="FINDING",
    help=f"End with status 10 if this is found; {ANY} for whatever is. Repeatable.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder to make.  [default: runs/<UTC>-probe]"
)
@click.option("--json", "as_json", is_flag=True, help="Print probe.json to standard output.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.option("--open", "open_report", is_flag=True, help="Open the report in the browser.")
def probe_command(*, as_json: bool, quiet: bool, open_report: bool, **options: Any) -> int:
    """Send shoppers through a running shop, and tell from the mock's own records what it does.

    Makes payments one after the other, then some that meet what goes wrong: a refused token, a
    forged callback, an execute without an answer. Writes a folder with the waterfall and the
    findings, each with its evidence, its cost and its remedy.
    """
    # Only now: --help and a mistyped option are answered without the second that imports take.
    from harness.cli.probe.probing import make_settings, probe

    settings = make_settings(options)
    return probe(settings, as_json=as_json, quiet=quiet, open_report=open_report)
