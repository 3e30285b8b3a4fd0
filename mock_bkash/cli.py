"""The command `mock-bkash`: parse, wire, serve."""

import ipaddress
import select
import sys
from typing import Any

import click
import msgspec

from mock_bkash.admin import admin_document, admin_routes
from mock_bkash.app import open_world
from mock_bkash.config import MockConfig
from mock_bkash.durable import StateError
from mock_bkash.fault import plan_names, plan_summary
from mock_bkash.front_door import FrontDoor
from mock_bkash.latency import OPERATIONS, Profile, load_profile, profile_names
from mock_bkash.openapi import gateway_document
from mock_bkash.serve_options import read_config, serve_options
from mock_bkash.server import AddressError, listen, serve
from mock_bkash.world import World

__all__ = ["main"]

_EPILOG = """\b
Examples:
  mock-bkash serve                               on http://127.0.0.1:8700, as slow as profile guide
  mock-bkash serve --port 0 --profile fast       on a free port, with no modelled delay
  mock-bkash serve --profile mine.toml --time-scale 0.1
  mock-bkash serve --approve auto                nobody has to click through the customer page
  mock-bkash profiles                            what each profile assumes
  mock-bkash faults                              what can go wrong on purpose
  mock-bkash openapi > bkash.json                what it understands, for generators and checkers
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
@click.version_option(package_name="bkash-bench", prog_name="mock-bkash")
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
@serve_options
@click.option(
    "--allow-remote",
    metavar="HOST",
    help="Repeat the --host to listen where other machines can reach the mock.",
)
@click.option(
    "--until-eof",
    is_flag=True,
    help="End when standard input does: a test that holds its other end leaves no mock behind.",
)
def serve_command(
    host: str,
    port: int,
    allow_remote: str | None,
    until_eof: bool,
    **chosen: Any,
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
    config = read_config(chosen, local=_is_loopback(host))
    world = _world(config)
    try:
        listener = listen(host, port)
    except AddressError as error:
        raise click.UsageError(str(error)) from error
    bound_port = listener.getsockname()[1]
    address = f"[{host}]" if ":" in host else host
    serve(
        open_world(world),
        listener,
        ready=lambda: click.echo(f"mock bKash listening on http://{address}:{bound_port}"),
        lifeline=_lifeline() if until_eof else None,
    )
    _name_idle_faults(world)


@main.command("profiles", context_settings=_SETTINGS)
def profiles_command() -> None:
    """Print the built-in latency profiles: medians in seconds, tails left out."""
    profiles = [load_profile(name) for name in profile_names()]
    click.echo("median seconds      " + "".join(f"{p.name:>10}" for p in profiles))
    for operation in OPERATIONS:
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


@main.command("openapi", context_settings=_SETTINGS)
@click.option("--admin", is_flag=True, help="Of the admin API, in place of what merchants call.")
def openapi_command(admin: bool) -> None:
    """Print the OpenAPI 3.1 document of what the mock understands."""
    document = admin_document(admin_routes(World(MockConfig()))) if admin else gateway_document()
    click.echo(msgspec.json.format(msgspec.json.encode(document)))


def _lifeline() -> int:
    try:
        lifeline = sys.stdin.fileno()
        with select.epoll() as watched:
            watched.register(lifeline, select.EPOLLIN)
    except (AttributeError, OSError, ValueError) as error:
        # None at all, one that is closed, or a file, which is always at its end.
        raise click.UsageError("--until-eof needs a pipe as its standard input") from error
    return lifeline


def _name_idle_faults(world: World) -> None:
    # A plan that did nothing proves nothing, and whoever gave it should hear of it.
    for plan in world.config.faults:
        for index in world.tenants.fault_desk.idle(plan):
            rule = plan.rules[index]
            of = ", ".join(sorted(rule.operations))
            words = f"never fired: plan {plan.name}, rule {index + 1}: {rule.fault.label} of {of}"
            click.echo(words, err=True)
        done = world.doorman.done(None, plan.name)
        for index in sorted(set(range(len(plan.door))) - done):
            click.echo(f"never shut: plan {plan.name}, door {index + 1}", err=True)


def _world(config: MockConfig) -> World:
    try:
        return World(config)
    except StateError as error:
        raise click.UsageError(f"--state: {error}") from error


def _median(profile: Profile, operation: str) -> str:
    return f"{profile.median_s(operation):>10.2f}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
