"""The machine: who has which cores, and what a process weighs and uses."""

import contextlib
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil

__all__ = ["SERVER_CORES", "all_cores", "memory_mb", "on_cores", "processor_name", "stop"]

all_cores = tuple(sorted(os.sched_getaffinity(0)))

SERVER_CORES = all_cores[-1:]
"""One core for whatever is measured. The load generator has the others, where there are any."""

CALLER_CORES = all_cores[:-1] or all_cores

PATIENCE_S = 5.0
"""How long a process that was asked to end may take."""


@contextlib.contextmanager
def on_cores(cores: Sequence[int]) -> Iterator[None]:
    """Give the processes that are started meanwhile these cores only, from their beginning."""
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_cores)


def memory_mb(process: psutil.Process) -> float:
    """Return the resident memory of a process and its children, in MB (10**6 bytes)."""
    family = [process, *process.children(recursive=True)]
    return sum(member.memory_info().rss for member in family) / 1e6


def cpu_s(process: psutil.Process) -> float:
    """Return the processor time that a process has used."""
    times = process.cpu_times()
    return times.user + times.system


def stop(child: subprocess.Popen[bytes]) -> None:
    """End a process: kindly, and if that does not help, at once."""
    child.terminate()
    try:
        child.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait(PATIENCE_S)


def processor_name() -> str:
    """Return the name of the processor."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "unknown processor"
