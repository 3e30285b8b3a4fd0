"""From settings to an experiment: everything is looked up and tried before anything is started."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.cli.compare.command_lines import merchant_commands, mock_command
from harness.cli.compare.contestants import Contestants, gather_contestants, require_answer
from harness.cli.compare.settings import (
    APPROVE_THINK_S,
    LAND_THINK_S,
    WARMUP_S,
    CompareSettings,
)
from harness.cli.latency_profile import find_profile
from harness.cli.machine import describe_machine, find_git_commit, find_versions
from harness.cli.mock_place import DEFAULT_MOCK_PORT, GATEWAY_PATH, LOOPBACK, require_free_port
from harness.cli.needed_operations import refuse_gaps
from harness.cli.run_path import require_free_place
from harness.clock import utc_now
from harness.errors import ConfigurationError
from harness.lab import Experiment
from harness.load import LoadPlan, PlanVariant
from harness.merchant import audit_view, seed_database
from harness.rundata import SCHEMA_VERSION, Manifest, RunConfiguration
from mock_bkash.latency import Profile

__all__ = ["choose_baseline", "prepare"]


def prepare(settings: CompareSettings) -> Experiment:
    """Return the experiment that the settings ask for.

    Raises:
        ConfigurationError: something in them cannot be used; nothing was started or written.
    """
    contestants = gather_contestants(settings)
    profile = find_profile(settings.profile)
    refuse_gaps(profile, contestants.variants.values())
    port = _choose_port(settings)
    settings = replace(
        settings,
        # Processes are started with a path that means the same wherever they run.
        profile=str(Path(settings.profile).resolve()) if _is_file(settings) else settings.profile,
        mock_port=port,
        baseline=choose_baseline(settings, contestants),
    )
    plan = _plan(settings, contestants)
    plan.arrivals()
    require_free_place(settings.out)
    require_free_port(port)
    for record in contestants.records:
        if record.target:
            require_answer(record)
    return Experiment(
        folder=settings.out,
        manifest=_manifest(settings, contestants, profile),
        plan=plan,
        mock=mock_command(settings),
        merchant=merchant_commands(settings),
        seed_database=seed_database,
        audit_view=audit_view,
        gateway_path=GATEWAY_PATH,
        target_files=contestants.target_files,
    )


def _is_file(settings: CompareSettings) -> bool:
    return Path(settings.profile).suffix == ".toml"


def _choose_port(settings: CompareSettings) -> int:
    if settings.mock_port is not None:
        return settings.mock_port
    return DEFAULT_MOCK_PORT if settings.targets else 0


def choose_baseline(settings: CompareSettings, contestants: Contestants) -> str:
    """Return the name of the variant that the others are compared with.

    Raises:
        ConfigurationError: the one that was named takes no part.
    """
    names = [record.name for record in contestants.records]
    if settings.baseline is None:
        return names[0]
    if settings.baseline not in names:
        raise ConfigurationError(
            f"--baseline {settings.baseline!r} takes no part; choose one of {', '.join(names)}"
        )
    return settings.baseline


def _plan(settings: CompareSettings, contestants: Contestants) -> LoadPlan:
    try:
        return LoadPlan(
            # The lab puts in the URLs that it gets to know; a plan without any is none.
            variants=tuple(
                PlanVariant(name=record.name, url=record.target or f"http://{LOOPBACK}")
                for record in contestants.records
            ),
            out=str(settings.out),
            rate_per_s=settings.rate_per_s,
            duration_s=settings.duration_s,
            warmup_s=WARMUP_S,
            seed=settings.seed,
            time_scale=settings.time_scale,
            land_think_s=LAND_THINK_S,
            approve_think_s=APPROVE_THINK_S,
            allowed_hosts=settings.allow_remote,
        )
    except ValueError as error:
        raise ConfigurationError(f"the load cannot be planned: {error}") from error


def _manifest(settings: CompareSettings, contestants: Contestants, profile: Profile) -> Manifest:
    assert settings.baseline is not None, "the baseline was chosen before"
    return Manifest(
        schema_version=SCHEMA_VERSION,
        name=settings.out.name,
        created_utc=utc_now().isoformat(timespec="seconds"),
        command=settings.command,
        clock="real",
        configuration=RunConfiguration(
            profile=profile.name,
            profile_data=_profile_data(profile),
            time_scale=settings.time_scale,
            rate_per_s=settings.rate_per_s,
            duration_s=settings.duration_s,
            warmup_s=WARMUP_S,
            seed=settings.seed,
            token_lifetime_s=settings.token_lifetime_s,
            land_think_s=LAND_THINK_S,
            approve_think_s=APPROVE_THINK_S,
            baseline=settings.baseline,
        ),
        variants=contestants.records,
        versions=find_versions(),
        git_commit=find_git_commit(Path(__file__).parent),
        machine=describe_machine(),
    )


def _profile_data(profile: Profile) -> dict[str, Any]:
    return profile.to_dict()
