"""The command `mock-bkash`: parse, wire, serve."""

import ipaddress
import math
from pathlib import Path
from typing import Any

import click

from mock_bkash.app import create_app
from mock_bkash.asgi import App
from mock_bkash.config import TOKEN_LIFETIME_S, ApproveMode, MockConfig
from mock_bkash.durable import StateError
from mock_bkash.fault import FaultError, FaultPlan, load_plan, plan_names, plan_summary
from mock_bkash.front_door import FrontDoor
from mock_bkash.latency import OPERATIONS, Profile, ProfileError, load_profile, profile_names
from mock_bkash.rule_options import read_rules, rule_options
from mock_bkash.server import AddressError, listen, serve

__all__ = ["main"]

_EPILOG = """\b
Examples:
  mock-bkash serve                               on http://127.0.0.1:8700, as slow as profile guide
  mock-bkash serve --port 0 --profile fast       on a free port, with no modelled delay
  mock-bkash serve --profile mine.toml --time-scale 0.1
  mock-bkash serve --approve auto                nobody has to click through the customer page
  mock-bkash profiles                            what each profile assumes
  mock-bkash faults                              what can go wrong on purpose
"""

_SERVE_EPILOG = """\b
Clients take as their base URL   http://127.0.0.1:8700/v1.2.0-beta
Any app key, secret, user name and password do: the first token grant makes them known.

\b
Examples:
  mock-bkash serve --approve auto --token-lifetime 60
  mock-bkash serve --faults 'response-lost;probability=0.1' --faults mine.toml
  mock-bkash serve --host 192.168.1.20 --allow-remote 192.168.1.20 --admin-token s3cret
  curl -s http://127.0.0.1:8700/_mock/health
"""


# On every command, not only on the group: a command that is parsed by itself takes -h as well.
_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(
    name="mock-bkash",
    cls=FrontDoor,
    epilog=_EPILOG,
    context_settings=_SETTINGS,
)
def main() -> None:
    """Stand in for bKash's payment gateway (Tokenized Checkout v1.2.0-beta)."""


@main.command("serve", epilog=_SERVE_EPILOG, context_settings=_SETTINGS)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8700,
    show_default=True,
    help="Port to listen on; 0 picks a free one.",
)
@click.option(
    "--profile",
    "profile_name",
    metavar="NAME|FILE",
    default="guide",
    show_default=True,
    help="How slow it is: a built-in profile or a TOML file.",
)
@click.option(
    "--time-scale",
    type=float,
    default=1.0,
    show_default=True,
    help="Wall seconds per modelled second; 0.1 makes waits ten times shorter.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of every latency draw.")
@click.option(
    "--approve",
    type=click.Choice([mode.value for mode in ApproveMode]),
    default=ApproveMode.PAGE.value,
    show_default=True,
    help="Who approves payments: the shopper on the customer page, or nobody has to.",
)
@click.option(
    "--token-lifetime",
    "token_lifetime_s",
    metavar="S",
    type=float,
    default=TOKEN_LIFETIME_S,
    show_default=True,
    help="Life of a token in modelled seconds.",
)
@rule_options
@click.option(
    "--faults",
    metavar="NAME|FILE",
    multiple=True,
    help="What goes wrong: a built-in plan, a kind of fault or a TOML file, for every app key."
    " May be given several times; ;field=value changes its rules.",
)
@click.option(
    "--state",
    "state_path",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep payments, ledger, tokens and clocks in this SQLite file, over restarts and kill -9.",
)
@click.option(
    "--admin/--no-admin",
    default=True,
    show_default=True,
    help="Whether there is an admin API, and single faults by the header X-Mock-Fault.",
)
@click.option(
    "--admin-token",
    metavar="TOKEN",
    envvar="MOCK_BKASH_ADMIN_TOKEN",
    help="Let nobody use /_mock/ without this in the header X-Admin-Token. Also read from"
    " MOCK_BKASH_ADMIN_TOKEN, which no process list shows.",
)
@click.option(
    "--allow-remote",
    metavar="HOST",
    help="Repeat the --host to listen where other machines can reach the mock.",
)
def serve_command(
    host: str,
    port: int,
    profile_name: str,
    time_scale: float,
    seed: int,
    approve: str,
    token_lifetime_s: float,
    faults: tuple[str, ...],
    state_path: Path | None,
    admin: bool,
    admin_token: str | None,
    allow_remote: str | None,
    **rules: Any,
) -> None:
    """Run the mock gateway until Ctrl-C.

    Prints one line when it is ready.
    """
    if not _is_loopback(host) and allow_remote != host:
        raise click.UsageError(
            f"--host {host} can be reached from other machines, and the mock guards nothing; if"
            f" that is meant, add --allow-remote {host}",
            click.get_current_context(),
        )
    config = MockConfig(
        profile=_profile(profile_name),
        seed=seed,
        time_scale=_above_zero("--time-scale", time_scale),
        approve=ApproveMode(approve),
        token_lifetime_s=_above_zero("--token-lifetime", token_lifetime_s),
        state_path=state_path,
        admin=admin,
        admin_token=admin_token or None,
        admin_local_only=admin_token is None and not _is_loopback(host),
        faults=tuple(_plan(asked) for asked in faults),
        **read_rules(rules),
    )
    app = _app(config)
    try:
        listener = listen(host, port)
    except AddressError as error:
        raise click.UsageError(str(error)) from error
    bound_port = listener.getsockname()[1]
    address = f"[{host}]" if ":" in host else host
    serve(
        app,
        listener,
        ready=lambda: click.echo(f"mock bKash listening on http://{address}:{bound_port}"),
    )


@main.command("profiles", context_settings=_SETTINGS)
def profiles_command() -> None:
    """Print the built-in latency profiles: medians in seconds, tails left out."""
    profiles = [load_profile(name) for name in profile_names()]
    click.echo("median seconds      " + "".join(f"{p.name:>10}" for p in profiles))
    for operation in OPERATIONS:
        if any(operation in p.operations for p in profiles):
            click.echo(f"{operation:<20}" + "".join(_median(p, operation) for p in profiles))
    click.echo(
        "\nAssumptions, all of them: bKash publishes no latency. docs/mock.md has the format."
    )


@main.command("faults", context_settings=_SETTINGS)
def faults_command() -> None:
    """Print the built-in fault plans."""
    for name in plan_names():
        click.echo(f"{name:<18}{plan_summary(name)}")
    click.echo("\ndocs/faults.md has the kinds of faults, and how to write a plan.")


def _app(config: MockConfig) -> App:
    try:
        return create_app(config)
    except StateError as error:
        raise click.UsageError(f"--state: {error}") from error


def _plan(asked: str) -> FaultPlan:
    try:
        return load_plan(asked)
    except FaultError as error:
        raise click.UsageError(f"--faults: {error}") from error


def _median(profile: Profile, operation: str) -> str:
    return f"{profile.median_s(operation):>10.2f}"


def _profile(name: str) -> Profile:
    try:
        return load_profile(name)
    except ProfileError as error:
        raise click.UsageError(f"--profile: {error}") from error


def _above_zero(option: str, value: float) -> float:
    if not 0 < value < math.inf:
        raise click.UsageError(f"{option} must be a finite number above 0, got {value:g}")
    return value


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
