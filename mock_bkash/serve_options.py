"""The options of `mock-bkash serve` that say what the mock is like, wherever it runs.

A test's mock in its own process takes them too, so that there is one vocabulary for both.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from mock_bkash.config import TOKEN_LIFETIME_S, ApproveMode, MockConfig
from mock_bkash.fault import FaultError, FaultPlan, load_plan
from mock_bkash.latency import Profile, ProfileError, load_profile
from mock_bkash.rule_options import read_rules, rule_options

__all__ = ["parse_config", "read_config", "serve_options"]

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--profile",
        "profile_name",
        metavar="NAME|FILE",
        default="guide",
        show_default=True,
        help="How slow it is: a built-in profile or a TOML file.",
    ),
    click.option(
        "--time-scale",
        type=float,
        default=1.0,
        show_default=True,
        help="Wall seconds per modelled second; 0.1 makes waits ten times shorter.",
    ),
    click.option(
        "--seed", type=int, default=0, show_default=True, help="Seed of every latency draw."
    ),
    click.option(
        "--approve",
        type=click.Choice([mode.value for mode in ApproveMode]),
        default=ApproveMode.PAGE.value,
        show_default=True,
        help="Who approves payments: the shopper on the customer page, or nobody has to.",
    ),
    click.option(
        "--token-lifetime",
        "token_lifetime_s",
        metavar="S",
        type=float,
        default=TOKEN_LIFETIME_S,
        show_default=True,
        help="Life of a token in modelled seconds.",
    ),
    click.option(
        "--faults",
        metavar="NAME|FILE",
        multiple=True,
        help="What goes wrong: a built-in plan, a kind of fault or a TOML file, for every app key."
        " May be given several times; ;field=value changes its rules.",
    ),
    click.option(
        "--state",
        "state_path",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Keep payments, ledger, tokens and clocks in this SQLite file, over restarts and"
        " kill -9.",
    ),
    click.option(
        "--admin/--no-admin",
        default=True,
        show_default=True,
        help="Whether there is an admin API, and single faults by the header X-Mock-Fault.",
    ),
    click.option(
        "--admin-token",
        metavar="TOKEN",
        envvar="MOCK_BKASH_ADMIN_TOKEN",
        help="Let nobody use /_mock/ without this in the header X-Admin-Token. Also read from"
        " MOCK_BKASH_ADMIN_TOKEN, which no process list shows.",
    ),
)


def serve_options(command: Command) -> Command:
    """Add the options to a command, those about bKash's rules among them."""
    command = rule_options(command)
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_config(given: Mapping[str, Any], *, local: bool = True) -> MockConfig:
    """Return what the options choose; `local`: nobody but this machine can reach the mock.

    Raises:
        click.UsageError: a value that cannot be used; the message begins with the option's name.
    """
    chosen = dict(given)
    admin_token = chosen.pop("admin_token") or None
    return MockConfig(
        profile=_profile(chosen.pop("profile_name")),
        time_scale=_above_zero("--time-scale", chosen.pop("time_scale")),
        approve=ApproveMode(chosen.pop("approve")),
        token_lifetime_s=_above_zero("--token-lifetime", chosen.pop("token_lifetime_s")),
        admin_token=admin_token,
        admin_local_only=admin_token is None and not local,
        faults=tuple(_plan(asked) for asked in chosen.pop("faults")),
        **read_rules(chosen),
    )


def parse_config(arguments: Sequence[str]) -> MockConfig:
    """Return what options choose that are written as on a command line.

    Raises:
        click.UsageError: one that does not exist, or a value that cannot be used.
    """
    options = serve_options(click.command(add_help_option=False)(lambda: None))
    return read_config(options.make_context("mock_bkash", list(arguments)).params)


def _plan(asked: str) -> FaultPlan:
    try:
        return load_plan(asked)
    except FaultError as error:
        raise click.UsageError(f"--faults: {error}") from error


def _profile(name: str) -> Profile:
    try:
        return load_profile(name)
    except ProfileError as error:
        raise click.UsageError(f"--profile: {error}") from error


def _above_zero(option: str, value: float) -> float:
    if not 0 < value < math.inf:
        raise click.UsageError(f"{option} must be a finite number above 0, got {value:g}")
    return value
