"""What a run was made with and on, so that its numbers can be understood years later."""

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import psutil

from harness import __version__

__all__ = ["describe_machine", "find_git_commit", "find_versions"]

PACKAGES = (
    "aiohttp",
    "httpx",
    "httpx-aiohttp",
    "locust",
    "matplotlib",
    "msgspec",
    "numpy",
    "pandas",
    "starlette",
    "uvicorn",
)
"""Packages that a number can depend on."""

_GIT_TIMEOUT_S = 5.0


def find_versions() -> dict[str, str]:
    """Return the versions of Python, of ourselves and of what our numbers depend on, by name."""
    versions = {"bkash-bench": __version__, "python": platform.python_version()}
    for package in PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = "not installed"
    return versions


def describe_machine() -> dict[str, Any]:
    """Return the processor's name, the cores this process may use, memory and system."""
    return {
        "cpu": _processor_name(),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "memory_bytes": psutil.virtual_memory().total,
        "system": f"{platform.system()} {platform.release()}",
    }


def find_git_commit(folder: Path) -> str | None:
    """Return the commit that the package in `folder` is of; None if it is no part of a checkout.

    A "+" at the end says that files differ from that commit.
    """
    # An installed package may lie inside somebody else's checkout, whose commit says nothing.
    if _git(folder, "ls-files", "--error-unmatch", "__init__.py") is None:
        return None
    commit = _git(folder, "rev-parse", "HEAD")
    return f"{commit}+" if _git(folder, "status", "--porcelain", "-uno") else commit


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            text=True,
            timeout=_GIT_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _processor_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
