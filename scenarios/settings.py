"""What a run is to do, wherever it was said: in the lab's plan or on Locust's command line."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.errors import ConfigurationError
from harness.load import (
    Boundary,
    Crowd,
    LoadPlan,
    Target,
    ThinkTimes,
    load_target,
)

__all__ = ["Settings", "Shop", "plan_settings", "stock_settings"]


@dataclass(frozen=True, slots=True)
class Shop:
    """One backend under load.

    Attributes:
        name: of the variant, as it stands in the samples.
        url: base URL.
        target: what to send and where to read.
    """

    name: str
    url: str
    target: Target


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold what every run needs, however its shoppers arrive.

    Attributes:
        shops: one or more; every arrival visits each of them.
        crowd: who arrives.
        think: pauses, modelled.
        time_scale: wall seconds per modelled second.
        request_timeout_s: longest wait for an answer, wall seconds.
        boundary: where requests may go.
        samples: folder for the sample file; None to keep none.
        recorder: names the sample file.
        label_variants: True where Locust's statistics name the shop.
        show_stages: True where Locust's statistics show stages, too.
    """

    shops: tuple[Shop, ...]
    crowd: Crowd
    think: ThinkTimes
    time_scale: float
    request_timeout_s: float
    boundary: Boundary
    samples: Path | None
    recorder: str
    label_variants: bool
    show_stages: bool


def plan_settings(plan: LoadPlan) -> Settings:
    """Return the settings of the lab's plan.

    Raises:
        ConfigurationError: a target or a URL cannot be used, or the folder is missing.
    """
    boundary = Boundary(frozenset(host.lower() for host in plan.allowed_hosts))
    out = Path(plan.out)
    if not out.is_dir():
        raise ConfigurationError(f"the plan's folder {out} does not exist")
    return Settings(
        shops=tuple(_shop(v.name, v.url, v.target, boundary) for v in plan.variants),
        crowd=Crowd(seed=plan.seed, users=plan.users, courses=plan.courses),
        think=ThinkTimes(land_s=plan.land_think_s, approve_s=plan.approve_think_s),
        time_scale=plan.time_scale,
        request_timeout_s=plan.request_timeout_wall_s,
        boundary=boundary,
        samples=out,
        recorder=plan.recorder,
        label_variants=True,
        show_stages=False,
    )


def stock_settings(
    options: Namespace, *, host: str | None, allowed_hosts: Sequence[str], samples: Path | None
) -> Settings:
    """Return the settings of Locust's command line; see `scenarios.arguments`.

    Args:
        options: Locust's; the web UI and a master may have changed them.
        host: base URL of the shop.
        allowed_hosts: hosts beside this machine that may be sent requests.
        samples: folder for the sample file; None to keep none.

    Raises:
        ConfigurationError: there is no host, it is not this machine's and was not allowed, or an
            argument cannot be used.
    """
    if not host:
        raise ConfigurationError("no shop to load; name it with --host http://127.0.0.1:PORT")
    boundary = Boundary(frozenset(name.lower() for name in allowed_hosts))
    if samples is not None and not samples.is_dir():
        raise ConfigurationError(f"--samples {samples} is not a folder")
    return Settings(
        shops=(_shop("stock", host, options.bkash_target, boundary),),
        crowd=Crowd(seed=int(options.bkash_seed)),
        think=ThinkTimes(
            land_s=_not_below_zero("--land-think", options.land_think),
            approve_s=_not_below_zero("--approve-think", options.approve_think),
        ),
        time_scale=1.0,
        request_timeout_s=_above_zero("--request-timeout", options.request_timeout),
        boundary=boundary,
        samples=samples,
        recorder="locust",
        label_variants=False,
        show_stages=options.stage_stats == "on",
    )


def _shop(name: str, url: str, target: str, boundary: Boundary) -> Shop:
    objection = boundary.objection(url)
    if objection is not None:
        raise ConfigurationError(objection)
    return Shop(name=name, url=url.rstrip("/"), target=load_target(target))


def _not_below_zero(option: str, value: float) -> float:
    if not value >= 0:
        raise ConfigurationError(f"{option} {value!r} must be at least 0 seconds")
    return value


def _above_zero(option: str, value: float) -> float:
    if not value > 0:
        raise ConfigurationError(f"{option} {value!r} must be above 0")
    return value
