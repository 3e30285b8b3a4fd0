"""`bkash-bench serve`: one variant of the checkout service, alone."""

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from harness.cli.parameter import Quantity
from harness.client import Credentials
from harness.errors import ConfigurationError
from harness.load import Boundary
from harness.merchant import (
    Durability,
    MerchantSettings,
    Variant,
    build_merchant,
    find_variant,
)
from harness.merchant.server import listen, serve
from mock_bkash.latency import LatencyModel, Profile, ProfileError, load_profile
from mock_bkash.precise_loop import new_precise_loop

__all__ = ["serve_command"]

_LARGEST_SEED = 2**63 - 1

_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}

_EPILOG = """\b
Examples:
  bkash-bench serve --variant optimized
  bkash-bench serve --variant sequential --port 0 --profile constant --time-scale 0.1
  bkash-bench serve --variant mine --variants-file mine.toml --database shop.sqlite3
  CRON_SECRET=long-and-random bkash-bench serve --variant cached
  BKASH_APP_KEY=… BKASH_APP_SECRET=… BKASH_USERNAME=… BKASH_PASSWORD=… bkash-bench serve \\
      --variant overlapped --gateway https://tokenized.sandbox.bka.sh/v1.2.0-beta \\
      --allow-remote tokenized.sandbox.bka.sh --profile fast

\b
The profile is the distance to the database; the gateway is as slow as it is. The cron and
test-token endpoints are closed unless CRON_SECRET is set. See docs/merchant.md.
"""


@dataclass(frozen=True, slots=True)
class _Options:
    """Hold the command line, checked by click as far as types go."""

    variant: str
    variants_file: Path | None
    gateway: str
    host: str
    port: int
    database: Path | None
    profile: str
    seed: int
    time_scale: float
    app_key: str
    app_secret: str
    username: str
    password: str
    public_url: str | None
    allow_remote: tuple[str, ...]
    durability: str
    log_level: str


@click.command("serve", epilog=_EPILOG, short_help="Run one variant of the checkout service alone.")
@click.option("--variant", required=True, help="Built in, or defined in --variants-file.")
@click.option(
    "--variants-file", type=click.Path(path_type=Path), help="TOML file that defines your own."
)
@click.option(
    "--gateway",
    metavar="URL",
    default="http://127.0.0.1:8700/v1.2.0-beta",
    show_default=True,
    help="bKash's base URL, up to and including the version.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8800,
    show_default=True,
    help="Port to listen on; 0 picks a free one.",
)
@click.option(
    "--database",
    type=click.Path(path_type=Path),
    help="SQLite file, created and seeded if missing.  [default: merchant-<variant>.sqlite3]",
)
@click.option(
    "--profile",
    metavar="NAME|FILE",
    default="guide",
    show_default=True,
    help="How far away the database is: a latency profile or a TOML file.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, _LARGEST_SEED),
    default=0,
    show_default=True,
    help="Of every latency draw.",
)
@click.option(
    "--time-scale",
    type=Quantity("wall seconds per modelled second", most=10, least=0.001),
    default=1.0,
    show_default=True,
    help="Shortens modelled waits and the timeouts with them.",
)
@click.option("--app-key", envvar="BKASH_APP_KEY", default="bench-app-key", help="From bKash.")
@click.option(
    "--app-secret", envvar="BKASH_APP_SECRET", default="bench-app-secret", help="From bKash."
)
@click.option("--username", envvar="BKASH_USERNAME", default="bench-user", help="From bKash.")
@click.option("--password", envvar="BKASH_PASSWORD", default="bench-password", help="From bKash.")
@click.option(
    "--public-url",
    metavar="URL",
    help="Origin under which shoppers reach it.  [default: where it listens]",
)
@click.option(
    "--allow-remote",
    multiple=True,
    metavar="HOST",
    help="Allow a --gateway or --host that is not this machine. Repeatable.",
)
@click.option(
    "--durability",
    type=click.Choice([Durability.PROCESS.value, Durability.POWER.value]),
    default=Durability.PROCESS.value,
    show_default=True,
    help="What a committed payment survives: a kill of the process, or a power cut.",
)
@click.option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"]),
    default="warning",
    show_default=True,
    help="How much is logged to standard error.",
)
def serve_command(**values: Any) -> None:
    """Run one variant of the checkout service until Ctrl-C.

    Prints one line when it is ready. Credentials are also read from BKASH_APP_KEY,
    BKASH_APP_SECRET, BKASH_USERNAME and BKASH_PASSWORD, which no process list shows; the mock
    takes any.
    """
    options = _Options(**values)
    variant = find_variant(options.variant, variants_file=options.variants_file)
    delays = LatencyModel(_load_profile(options.profile), options.seed)
    credentials = _credentials(options)
    _require_local(options)
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    # Ours only: what other libraries log at these levels may hold addresses with secrets in them.
    logging.getLogger("harness").setLevel(options.log_level.upper())
    with listen(options.host, options.port) as listener:
        port = listener.getsockname()[1]
        merchant = build_merchant(
            _settings(options, variant, credentials, port=port), delay=delays.delay_us
        )
        url = f"http://{_in_url(options.host)}:{port}"
        serve(
            merchant.app,
            listener,
            ready=lambda: click.echo(f"merchant {variant.name} listening on {url}"),
            loop_factory=new_precise_loop,
        )


def _load_profile(name: str) -> Profile:
    try:
        return load_profile(name)
    except ProfileError as error:
        raise ConfigurationError(str(error)) from error


def _credentials(options: _Options) -> Credentials:
    try:
        return Credentials(
            app_key=options.app_key,
            app_secret=options.app_secret,
            username=options.username,
            password=options.password,
        )
    except ValueError as error:
        raise ConfigurationError(str(error)) from error


def _require_local(options: _Options) -> None:
    boundary = Boundary(frozenset(host.lower() for host in options.allow_remote))
    objection = boundary.objection(options.gateway)
    if objection is not None:
        raise ConfigurationError(f"--gateway: {objection}")
    if boundary.objection(f"http://{_in_url(options.host)}") is not None:
        raise ConfigurationError(
            f"--host {options.host} can be reached from other machines; if that is meant, add"
            f" --allow-remote {options.host}"
        )


def _settings(
    options: _Options, variant: Variant, credentials: Credentials, *, port: int
) -> MerchantSettings:
    host = _in_url(_WILDCARDS.get(options.host, options.host))
    try:
        return MerchantSettings(
            variant=variant,
            gateway_url=options.gateway,
            credentials=credentials,
            database_path=options.database or Path(f"merchant-{variant.name}.sqlite3"),
            public_url=options.public_url or f"http://{host}:{port}",
            time_scale=options.time_scale,
            cron_secret=os.environ.get("CRON_SECRET"),
            durability=Durability(options.durability),
        )
    except ValueError as error:
        raise ConfigurationError(f"--public-url: {error}") from error


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
