"""The options of `compare` that choose the clock, and shape a run on the virtual one."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

import click

from harness.cli.duration import DURATION
from harness.cli.parameter import Quantity, Share
from harness.errors import ConfigurationError

__all__ = [
    "BURST",
    "CLOCKS",
    "REAL_CLOCK",
    "VIRTUAL_CLOCK",
    "BurstWish",
    "VirtualWish",
    "take_virtual_wish",
    "virtual_options",
]

REAL_CLOCK = "real"
VIRTUAL_CLOCK = "virtual"
CLOCKS = (REAL_CLOCK, VIRTUAL_CLOCK)

_BURST = re.compile(r"\s*([0-9]+)\s*@\s*([^/]+)/\s*(\S+)\s*")

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class BurstWish:
    """Hold a burst as it was typed: so many shoppers, from when on, within how long."""

    shoppers: int
    at_s: float
    length_s: float


class _Burst(click.ParamType[BurstWish]):
    """`500@2h/2m`: 500 shoppers within two minutes from the second hour on."""

    name = "shoppers@start/length"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> BurstWish:
        """Return the burst, or fail with what was expected."""
        if isinstance(value, BurstWish):
            return value
        match = _BURST.fullmatch(value) if isinstance(value, str) else None
        if match is None or int(match[1]) == 0:
            self.fail(
                f"{value!r} is not a burst; write shoppers, start and length as 500@2h/2m",
                param,
                ctx,
            )
        at_s = 0.0 if match[2].strip() in ("0", "0s") else DURATION.convert(match[2], param, ctx)
        return BurstWish(int(match[1]), at_s, DURATION.convert(match[3], param, ctx))


BURST = _Burst()

_OPTIONS = (
    click.option(
        "--clock",
        type=click.Choice(CLOCKS),
        default=REAL_CLOCK,
        show_default=True,
        help="Real: sockets, processes, and the machine's noise. Virtual: the same objects on a"
        " clock that jumps; exact, and a day in seconds.",
    ),
    click.option(
        "--payments",
        type=click.IntRange(1, 50_000),
        help="Virtual clock: end after so many shoppers.",
    ),
    click.option(
        "--arrivals",
        "pacing",
        type=click.Choice(("poisson", "paced")),
        default="poisson",
        show_default=True,
        help="Virtual clock: how arrivals lie, as irregular as real shoppers or evenly.",
    ),
    click.option(
        "--burst",
        "bursts",
        type=BURST,
        multiple=True,
        metavar="N@START/LENGTH",
        help="Virtual clock: N more shoppers from START on within LENGTH. Repeatable."
        "  [default: 500@2h/2m unless --rate or --day is given]",
    ),
    click.option(
        "--day",
        "day_file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Virtual clock: arrivals by the hour instead of --rate; a CSV or TOML file.",
    ),
    click.option(
        "--gateway-connections",
        type=click.IntRange(1, 10_000),
        help="Virtual clock: a merchant's calls to bKash in flight at once.  [default: 32]",
    ),
    click.option(
        "--database-connections",
        type=click.IntRange(1, 10_000),
        help="Virtual clock: its statements in flight at once.  [default: 10]",
    ),
    click.option(
        "--loss",
        type=Share(most=0.5),
        default=0.0,
        show_default=True,
        help="Virtual clock: share of packets to bKash that are lost and sent again, 0 to 0.5.",
    ),
    click.option(
        "--reset",
        type=Share(most=1),
        default=0.0,
        show_default=True,
        help="Virtual clock: share of calls to bKash whose connection breaks, 0 to 1.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(1, 1_000),
        default=1,
        show_default=True,
        help="Virtual clock: processor cores of each merchant, for --service-time.",
    ),
    click.option(
        "--service-time",
        type=Quantity("milliseconds", most=60_000, least=0.001),
        metavar="MS",
        help="Virtual clock: processor time of a request, ms.  [default: none, it is not modelled]",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(1, 1_000),
        help="Virtual clock: processes to simulate in.  [default: one per core]",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualWish:
    """Hold what was asked of a run on the virtual clock; see the options of the same names.

    Attributes:
        payments: end after so many; None: the duration ends it.
        rate_per_s: as typed; None: the default.
        duration_s: as typed; None: the default.
        token_lifetime_s: as typed; None: bKash's own.
        pacing: of arrivals.
        bursts: as typed.
        day_file: arrivals by the hour.
        gateway_connections: calls in flight; None: the default.
        database_connections: statements in flight; None: the default.
        loss: probability.
        reset: probability.
        workers: cores of a merchant.
        service_time: of a request, ms; None: not modelled.
        jobs: processes; None: one per core.
    """

    payments: int | None = None
    rate_per_s: float | None = None
    duration_s: float | None = None
    token_lifetime_s: float | None = None
    pacing: str = "poisson"
    bursts: tuple[BurstWish, ...] = field(default=())
    day_file: Path | None = None
    gateway_connections: int | None = None
    database_connections: int | None = None
    loss: float = 0.0
    reset: float = 0.0
    workers: int = 1
    service_time: float | None = None
    jobs: int | None = None


_REAL = VirtualWish()

_OPTION_NAMES = {"pacing": "arrivals", "bursts": "burst", "day_file": "day"}


def virtual_options(command: _Command) -> _Command:
    """Give a command the options of the virtual clock."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def take_virtual_wish(options: dict[str, Any]) -> VirtualWish | None:
    """Take the options of the virtual clock out of `options`; None on the real clock.

    Raises:
        ConfigurationError: an option was given that means nothing on the chosen clock.
    """
    named = {
        name: options[name]
        for name in (f.name for f in fields(VirtualWish))
        if name not in ("rate_per_s", "duration_s", "token_lifetime_s")
    }
    if options["clock"] == REAL_CLOCK:
        _refuse_strange(named)
        return None
    if options["targets"]:
        raise ConfigurationError(
            "--target names a backend over sockets, which a virtual clock cannot see; use --clock"
            " real"
        )
    if options["time_scale"] != 1.0:
        raise ConfigurationError("--time-scale means nothing on the virtual clock; leave it out")
    if options["rate"] is not None and options["day_file"] is not None:
        raise ConfigurationError("--rate and --day both say how many arrive; give one of them")
    return VirtualWish(
        rate_per_s=options["rate"],
        duration_s=options["duration"],
        token_lifetime_s=options["token_lifetime"],
        **named,
    )


def _refuse_strange(named: dict[str, Any]) -> None:
    for name, value in named.items():
        if value != getattr(_REAL, name):
            option = _OPTION_NAMES.get(name, name).replace("_", "-")
            raise ConfigurationError(f"--{option} needs --clock virtual")
