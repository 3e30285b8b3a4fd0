"""A probe from its options to its report: the course of `bkash-bench probe`."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.cli.address import check_base_url
from harness.cli.display import choose_display
from harness.cli.exit_status import ExitStatus
from harness.cli.latency_profile import find_profile
from harness.cli.machine import describe_machine, find_versions
from harness.cli.mock_place import GATEWAY_PATH, LOOPBACK, require_free_port
from harness.cli.probe.command import ANY
from harness.cli.probe.page import PROBE_PAGE
from harness.cli.run_path import default_run_path, require_free_place
from harness.clock import NS_PER_S, monotonic_ns, utc_now
from harness.errors import ConfigurationError
from harness.lab import Command, run_interruptible
from harness.lab.stack import Stack
from harness.load import Boundary, load_target
from harness.probe import Circumstances, Evidence, ProbePlan, carry_out, make_record
from harness.progress import Observer
from harness.rundata import ProbeRecord
from mock_bkash.latency import Profile

__all__ = ["ProbeSettings", "make_settings", "probe"]

_ADDRESS = re.compile(r"(localhost|[\w.-]+:\d+|\[[0-9a-fA-F:]+\](:\d+)?)(/\S*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeSettings:
    """Hold what a probe was asked for, looked up.

    Attributes:
        plan: what is done.
        profile: how slow the mock is; `profile_name` as a process can find it.
        mock_port: where the shop expects bKash.
        fail_on: findings that end with a status of their own.
        out: folder to make.
    """

    plan: ProbePlan
    profile: Profile
    profile_name: str
    mock_port: int
    fail_on: tuple[str, ...]
    out: Path


def make_settings(options: dict[str, Any]) -> ProbeSettings:
    """Look up what the options name; nothing is started or written.

    Raises:
        ConfigurationError: something in them cannot be used.
    """
    target_option, url = options["target"], options["url"]
    _refuse_bare_address(target_option)
    if target_option.startswith(("http://", "https://")):
        target, url = load_target("merchant"), url or target_option
    else:
        target = load_target(target_option)
    url = url or target.url
    if url is None:
        raise ConfigurationError(
            f"target {target_option} has no url; name the shop's base URL with --url"
        )
    allowed = frozenset(host.lower() for host in options["allow_remote"])
    said_by = _said_by(options)
    check_base_url(url, option=said_by)
    objection = Boundary(allowed).objection(url)
    if objection is not None:
        raise ConfigurationError(f"{said_by}: {objection}")
    profile = find_profile(options["profile"])
    now = utc_now()
    seed = options["seed"]
    return ProbeSettings(
        plan=ProbePlan(
            target=target,
            url=url.rstrip("/"),
            payments=options["payments"],
            # A shop remembers who bought what, so the next probe sends others.
            seed=int(now.timestamp()) if seed is None else seed,
            patience_s=options["patience"],
            short_life_s=options["token_lifetime"],
            round_trip_s=profile.network.gateway_round_trip_s,
            allowed_hosts=allowed,
        ),
        profile=profile,
        profile_name=_findable(options["profile"]),
        mock_port=options["mock_port"],
        fail_on=options["fail_on"],
        out=options["out"] or default_run_path(now, name="probe"),
    )


def _refuse_bare_address(target: str) -> None:
    """Refuse an address without its scheme, which would be looked for among the files."""
    if _ADDRESS.fullmatch(target) is not None and not Path(target).is_file():
        raise ConfigurationError(
            f"--target {target} lacks its scheme; write it as --target http://{target}"
        )


def _said_by(options: dict[str, Any]) -> str:
    """Return who named the shop's base URL, for a message about it."""
    if options["url"]:
        return "--url"
    target = options["target"]
    return "--target" if target.startswith(("http://", "https://")) else f"{target}, field url"


def probe(settings: ProbeSettings, *, as_json: bool, quiet: bool, open_report: bool) -> ExitStatus:
    """Carry the probe out, write its folder, say what was found; return the status it deserves.

    Raises:
        ConfigurationError: something cannot be used; nothing was written.
        InvalidRunError: the mock died.
        Interrupted: somebody stopped it; nothing was written.
    """
    require_free_place(settings.out)
    require_free_port(settings.mock_port)
    created_utc, began_ns = utc_now().isoformat(timespec="seconds"), monotonic_ns()
    with choose_display(quiet=quiet) as display:
        evidence = run_interruptible(_carry_out(settings, display))
        record = make_record(
            evidence,
            Circumstances(
                created_utc=created_utc,
                command=("bkash-bench", *sys.argv[1:]),
                gateway_url=f"http://{LOOPBACK}:{settings.mock_port}{GATEWAY_PATH}",
                profile=settings.profile.name,
                profile_data=settings.profile.to_dict(),
                duration_s=(monotonic_ns() - began_ns) / NS_PER_S,
                versions=find_versions(),
                machine=describe_machine(),
            ),
        )
        report = PROBE_PAGE.publish(record, settings.out)
    PROBE_PAGE.announce(record, as_json=as_json, report=report, open_report=open_report)
    return judge(record, fail_on=settings.fail_on)


def judge(record: ProbeRecord, *, fail_on: tuple[str, ...]) -> ExitStatus:
    """Return the exit status that a probe deserves."""
    if not record.probed:
        return ExitStatus.INVALID_RUN
    found = {finding.mistake for finding in record.findings}
    if found & set(fail_on) or (found and ANY in fail_on):
        return ExitStatus.LIMIT_EXCEEDED
    return ExitStatus.OK


async def _carry_out(settings: ProbeSettings, observer: Observer) -> Evidence:
    async with Stack() as stack:
        mock = await stack.start(_mock_command(settings))
        url = await mock.ready()
        return await carry_out(settings.plan, mock_url=url, observer=observer)


def _mock_command(settings: ProbeSettings) -> Command:
    return Command(
        name="mock bKash",
        argv=(
            *(sys.executable, "-m", "mock_bkash", "serve"),
            *("--port", str(settings.mock_port)),
            *("--profile", settings.profile_name),
            *("--seed", str(settings.plan.seed)),
            # Nothing counts as approved but what was: a forged callback is to find no money.
            *("--approve", "page"),
        ),
        # A guard that somebody's environment asks for would shut out the probe, which has no token.
        environment={"MOCK_BKASH_ADMIN_TOKEN": ""},
    )


def _findable(profile: str) -> str:
    """Return a profile so that it means the same wherever the mock runs."""
    path = Path(profile)
    return str(path.resolve()) if path.is_file() else profile
