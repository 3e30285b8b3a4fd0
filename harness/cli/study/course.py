"""A study from its options to its page: the course of `attribute`, `token-day` and `whatif`."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

import harness
from harness.cli.display import choose_display
from harness.cli.exit_status import ExitStatus
from harness.cli.machine import describe_machine, find_git_commit, find_versions
from harness.cli.record_page import RecordPage
from harness.cli.run_path import require_free_place
from harness.cli.study.options import StudyWish
from harness.clock import utc_now
from harness.progress import Step
from harness.simulation import available_cores
from harness.study import SIMULATING_SHARE, Circumstances, Fieldwork, Study, Workload

__all__ = ["carry_out", "estimate"]

_REPORTING: Final = "writing the report"

_MINUTE_S: Final = 60.0

_AROUND_S: Final = 4.0
"""Seconds to start the processes, each of which imports the shop and the mock, and to write the
report; measured as the times of `Workload`."""

R = TypeVar("R")


def carry_out(study: Study[R], wish: StudyWish, page: RecordPage[R]) -> ExitStatus:
    """Simulate, publish, tell, and return the exit status that the record deserves.

    Raises:
        ConfigurationError: something cannot be used or written.
        HarnessError: a cell could not be simulated; nothing was written.
    """
    require_free_place(wish.out)
    if not wish.quiet:
        _say(estimate(study.work, jobs=wish.jobs))
    with choose_display(quiet=wish.quiet) as display:
        record = study.carry_out(Fieldwork(_circumstances(wish), observer=display, jobs=wish.jobs))
        display.step(Step(_REPORTING, done=SIMULATING_SHARE, left_s=None))
        report = page.publish(record, wish.out)
    return page.announce(record, as_json=wish.as_json, report=report, open_report=wish.open_report)


def estimate(work: Workload, *, jobs: int | None) -> str:
    """Return how much there is to do and how long it may take, in words."""
    processes = min(available_cores() if jobs is None else jobs, work.simulations)
    long_s = _expect_s(work, jobs=jobs)
    long = (
        f"{max(round(long_s), 1)} s"
        if long_s < 2 * _MINUTE_S
        else f"{round(long_s / _MINUTE_S)} min"
    )
    return (
        f"up to {work.simulations:,} simulation{'' if work.simulations == 1 else 's'},"
        f" {work.payments:,} payments, in {processes}"
        f" process{'' if processes == 1 else 'es'}: about {long} on an idle machine"
    )


def _expect_s(work: Workload, *, jobs: int | None) -> float:
    # More processes than cores share them.
    cores = available_cores()
    at_once = min(cores if jobs is None else jobs, cores, max(work.simulations, 1))
    return _AROUND_S + work.cpu_s / at_once


def _circumstances(wish: StudyWish) -> Circumstances:
    return Circumstances(
        name=wish.out.name,
        created_utc=utc_now().isoformat(timespec="seconds"),
        command=wish.command,
        versions=find_versions(),
        git_commit=find_git_commit(Path(harness.__file__).parent),
        machine=describe_machine(),
    )


def _say(sentence: str) -> None:
    # Nobody may be reading any more (`2>&1 | head`); that is no reason to end a study.
    with suppress(BrokenPipeError):
        print(sentence, file=sys.stderr, flush=True)
