"""What a token day was asked for: checked before anything is simulated."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from harness.cli.latency_profile import find_profile
from harness.cli.needed_operations import require_operations
from harness.errors import ConfigurationError
from harness.load.cron import CronLine, parse_cron
from harness.merchant import BUILTIN, Optimization, Variant, find_variant
from harness.rundata.token_day import ScheduleKind
from harness.simulation import Fleet
from harness.study.token_day import Schedule, TokenDay

__all__ = [
    "DEFAULT_CRONS",
    "DEFAULT_RATES",
    "MAX_PAYMENTS",
    "make_token_day",
]

DEFAULT_CRONS: Final = ("*/45 * * * *", "*/50 * * * *", "0 * * * *", "*/5 * * * *")
"""The guide's, two that look as good, and one that leaves the decision to the endpoint."""

DEFAULT_RATES: Final = (2 / 3600, 6 / 3600)
"""A shop that sells now and then, where nobody but a schedule keeps a token fresh, and one that
sells every ten minutes."""

MAX_PAYMENTS: Final = 20_000
"""Most shoppers of one simulated day: there are dozens of days, and tokens do not tell more."""

MAX_PROCESSES: Final = 10_000
"""Most processes started within a day: each takes milliseconds to simulate, on every day."""

_UNSTORED: Final = Variant(
    name="unstored",
    optimizations=BUILTIN["optimized"].optimizations - {Optimization.TOKEN_STORE},
    description="optimized with the token in memory only, as the guide's snippet has it",
)


def make_token_day(options: dict[str, Any]) -> TokenDay:
    """Return the study that options by parameter name ask for.

    Raises:
        ConfigurationError: something in them cannot be used.
    """
    variants = _variants(options["variants"], options["variants_file"])
    profile = find_profile(options["profile"])
    require_operations(profile, variants)
    rates_per_s = tuple(sorted(set(options["rates"] or DEFAULT_RATES)))
    duration_s: float = options["duration"]
    most = rates_per_s[-1] * duration_s
    if most > MAX_PAYMENTS:
        raise ConfigurationError(
            f"--rate {rates_per_s[-1] * 3600:g}/h over {duration_s / 3600:g} h are {most:,.0f}"
            f" shoppers a day, at most {MAX_PAYMENTS:,}: token calls do not depend on more"
        )
    if rates_per_s[0] * duration_s < 1:
        raise ConfigurationError(
            f"--rate {rates_per_s[0] * 3600:g}/h: nobody comes within {duration_s / 3600:g} h"
        )
    return TokenDay(
        variants=variants,
        schedules=_schedules(options["crons"], duration_s),
        rates_per_s=rates_per_s,
        fleets=_fleets(options["instances"], options["instance_lifetime"], duration_s),
        profile=profile,
        duration_s=duration_s,
        token_lifetime_s=options["token_lifetime"],
        seed=options["seed"],
    )


def _variants(names: Sequence[str] | None, file: Path | None) -> tuple[Variant, ...]:
    if names is None:
        return (*BUILTIN.values(), _UNSTORED)
    own = {_UNSTORED.name: _UNSTORED}
    return tuple(own.get(name) or find_variant(name, variants_file=file) for name in names)


def _schedules(lines: Sequence[str], duration_s: float) -> tuple[Schedule, ...]:
    crons: list[CronLine] = []
    for text in lines or DEFAULT_CRONS:
        line = parse_cron(text)
        if line in crons:
            raise ConfigurationError(f"--cron {line.expression!r} is given twice")
        if next(line.fires_s(duration_s), None) is None:
            raise ConfigurationError(
                f"--cron {line.expression!r} does not fire on the simulated day, a Thursday,"
                " 1 January"
            )
        crons.append(line)
    return (
        *(Schedule(ScheduleKind.CRON, line) for line in crons),
        Schedule(ScheduleKind.REFRESHER),
        Schedule(ScheduleKind.NONE),
    )


def _fleets(instances: int, lifetime_s: float | None, duration_s: float) -> tuple[Fleet, ...]:
    single = Fleet()
    if lifetime_s is not None and lifetime_s >= duration_s:
        raise ConfigurationError(
            f"--instance-lifetime {lifetime_s:g} s is as long as the day: nothing would be"
            " replaced; leave it out"
        )
    if lifetime_s is not None and instances * duration_s / lifetime_s > MAX_PROCESSES:
        raise ConfigurationError(
            f"--instance-lifetime {lifetime_s:g} s means {instances * duration_s / lifetime_s:,.0f}"
            f" processes a day, at most {MAX_PROCESSES:,}; let them live longer"
        )
    fleet = Fleet(instances, lifetime_s)
    return (single,) if fleet == single else (single, fleet)
