"""`bkash-bench compare`: its options, and what the command line and a config file say of them."""

from pathlib import Path
from typing import Any

import click

from harness.cli.compare.config_file import read_config
from harness.cli.compare.settings import DURATION_S, SEED, TOKEN_LIFETIME_S
from harness.cli.compare.virtual_options import virtual_options
from harness.cli.duration import DURATION
from harness.cli.gate.options import gate_options
from harness.cli.mock_place import DEFAULT_MOCK_PORT
from harness.cli.parameter import NAMES, Quantity

__all__ = ["compare_command"]

_LARGEST_SEED = 2**63 - 1

_EPILOG = """\b
Examples:
  bkash-bench compare
  bkash-bench compare --variants sequential,optimized --rate 2 --duration 30
  bkash-bench compare --time-scale 0.1 --json > summary.json
  bkash-bench compare --clock virtual --payments 1000
  bkash-bench compare --clock virtual --day monday.csv --burst 500@9h/2m
  bkash-bench compare --config mine.toml
  bkash-bench compare --baseline baseline.json --limit regression --limit 'optimized: guide'
  bkash-bench compare --variants sequential --target shop=http://127.0.0.1:3000,shop.toml

\b
Exit status: 0 all well, 2 usage, 10 limit exceeded, 11 regression against the baseline,
12 the run is invalid, 13 the ledger audit found a violation, 130 stopped by Ctrl-C.
See docs/compare.md and docs/gate.md.
"""


def _apply_config(ctx: click.Context, _: click.Parameter, value: Path | None) -> Path | None:
    """Let a config file set what the command line does not."""
    if value is None:
        return None
    known = {
        option.opts[-1].removeprefix("--"): str(option.name)
        for option in ctx.command.params
        if option.name not in {"config", "help"}
    }
    options, has_variants = read_config(value, known=known)
    if has_variants:
        options.setdefault("variants_file", str(value))
    repeatable = {
        option.name for option in ctx.command.params if getattr(option, "multiple", False)
    }
    for name in repeatable & options.keys():
        # One of a repeatable option may stand without its brackets.
        if isinstance(options[name], str):
            options[name] = [options[name]]
    ctx.default_map = {**(ctx.default_map or {}), **options}
    return value


@click.command(
    "compare",
    epilog=_EPILOG,
    short_help="Run the variants side by side against the mock and write the report.",
)
@click.option(
    "--variants",
    type=NAMES,
    help="Variants to run.  [default: the seven built in, and those of --variants-file]",
)
@click.option(
    "--variants-file", type=click.Path(path_type=Path), help="TOML file that defines your own."
)
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="NAME=URL[,FILE]",
    help="Add a backend that runs already; FILE says how it is spoken to. Repeatable.",
)
@click.option(
    "--target-key",
    "target_keys",
    multiple=True,
    metavar="NAME=APP_KEY",
    help="bKash app key that the target calls the mock with.  [default: its NAME]",
)
@click.option(
    "--allow-remote",
    multiple=True,
    metavar="HOST",
    help="Allow a target on HOST, which is not this machine. Repeatable.",
)
@click.option(
    "--profile", default="guide", show_default=True, help="Latency profile: a name or a TOML file."
)
@click.option(
    "--time-scale",
    type=Quantity("wall seconds per modelled second", most=10, least=0.001),
    default=1.0,
    show_default=True,
    help="Shortens modelled waits; figures stay at full size.",
)
@click.option(
    "--rate",
    type=Quantity("payments per second", most=1000, least=0.0001),
    help="Payments per second and variant.  [default: 4, less at a small time scale; virtual"
    " clock: 2 a minute]",
)
@click.option(
    "--duration",
    type=DURATION,
    help="Time in which shoppers arrive, after the warm-up: seconds, or 90s, 2m, 24h."
    f"  [default: {DURATION_S:g}; virtual clock: 24h]",
)
@click.option(
    "--seed",
    type=click.IntRange(0, _LARGEST_SEED),
    default=SEED,
    show_default=True,
    help="Of every random draw.",
)
@click.option(
    "--token-lifetime",
    type=Quantity("seconds", most=86_400, least=0.1),
    help="Seconds that a gateway token lives; bKash's is 3600."
    f"  [default: {TOKEN_LIFETIME_S:g}; virtual clock: 3600]",
)
@click.option(
    "--mock-port",
    type=click.IntRange(0, 65_535),
    help=f"Port of the mock.  [default: a free one; {DEFAULT_MOCK_PORT} with --target]",
)
@click.option(
    "--baseline",
    multiple=True,
    metavar="VARIANT|RUN|FILE",
    help="Variant that the others are compared with [default: the first]; or a run folder or"
    " baseline file that this run must not be slower than. One of each.",
)
@virtual_options
@gate_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Run folder to make.  [default: runs/<UTC time>-compare]",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    callback=_apply_config,
    is_eager=True,
    metavar="FILE",
    help="TOML file with options under [compare] and variants under [variants].",
)
@click.option("--json", "as_json", is_flag=True, help="Print summary.json to standard output.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.option("--open", "open_report", is_flag=True, help="Open the report in the browser.")
def compare_command(*, as_json: bool, quiet: bool, open_report: bool, **options: Any) -> int:
    """Run variants of the checkout side by side against the mock gateway.

    Starts the mock, one merchant process per variant and a load generator on free ports of this
    machine, sends every shopper to all variants at the same instant, audits the ledger, and writes
    a run folder with the report.
    """
    # Only now: --help and a mistyped option are answered without the second that imports take.
    from harness.cli.compare.comparison import compare, make_settings

    settings = make_settings(options)
    return compare(settings, as_json=as_json, quiet=quiet, open_report=open_report)
