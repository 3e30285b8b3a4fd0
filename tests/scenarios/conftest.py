"""What the scenario's tests share: a small shop, and Locust as a process of its own.

Importing locust patches the whole process, so nothing of `scenarios` is imported into the tests.
"""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from harness.load import (
    PLAN_VARIABLE,
    LoadPlan,
    PlanVariant,
    Progress,
    locust_command,
    read_progress,
)
from harness.rundata import read_samples

HERE = Path(__file__).parent
TIMEOUT_S = 180
"""Longest that a process may take: far beyond need, so that a slow machine passes."""


@dataclass(frozen=True)
class FakeShop:
    url: str

    def seen(self) -> dict[str, int]:
        """Return what reached the shop so far."""
        return dict(self._ask()["seen"])

    def users(self) -> list[int]:
        """Return who paid so far."""
        return list(self._ask()["users"])

    def _ask(self) -> dict[str, Any]:
        # http.client goes where it is told; urllib would ask the machine's proxy.
        connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=TIMEOUT_S)
        connection.request("GET", "/_seen")
        found: dict[str, Any] = json.load(connection.getresponse())
        connection.close()
        return found


@dataclass(frozen=True)
class Ended:
    """A process that has ended."""

    status: int
    output: str
    log: str

    def progress(self) -> list[Progress]:
        lines = [read_progress(line) for line in self.output.splitlines()]
        return [line for line in lines if line is not None]


def environment(**extra: str) -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("LOCUST_")} | extra


def run(argv: list[str], **extra: str) -> Ended:
    done = subprocess.run(
        argv,
        env=environment(**extra),
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def shop() -> Iterator[FakeShop]:
    with subprocess.Popen(
        [sys.executable, str(HERE / "fake_shop.py")], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield FakeShop(f"http://127.0.0.1:{int(process.stdout.readline())}")
        process.kill()


@pytest.fixture(scope="session")
def locust() -> Callable[..., Ended]:
    """Run stock Locust on the scenario, headless, with these arguments."""
    return lambda *arguments: run([*locust_command(), *arguments])


@pytest.fixture
def two_workers(reserve_port: Callable[[], int]) -> list[str]:
    """Arguments for two workers, whose master has a port of its own: Locust's is always 5557."""
    port = str(reserve_port())
    return ["--processes", "2", "--master-port", port, "--master-bind-port", port]


@pytest.fixture(scope="session")
def carry_out() -> Callable[[LoadPlan], Ended]:
    """Carry out a plan as the lab does."""

    def run_plan(plan: LoadPlan) -> Ended:
        path = Path(plan.out) / "plan.json"
        plan.write(path)
        return run(locust_command(), **{PLAN_VARIABLE: str(path)})

    return run_plan


@pytest.fixture(scope="session")
def python() -> Callable[..., Any]:
    """Run code in a process of its own, patched by gevent as Locust is; return what it prints."""

    def run_code(code: str, *arguments: str) -> Any:
        ended = run([sys.executable, "-c", code, *arguments])
        assert ended.status == 0, ended.log
        return json.loads(ended.output)

    return run_code


@dataclass(frozen=True)
class LabRun:
    """A run that many tests look at."""

    plan: LoadPlan
    ended: Ended
    seen: dict[str, int]
    samples: Any


@pytest.fixture(scope="session")
def lab_run(
    tmp_path_factory: pytest.TempPathFactory, carry_out: Callable[[LoadPlan], Ended]
) -> Iterator[LabRun]:
    """Two variants in one shop, 12 arrivals each, on a tenth of the time."""
    out = tmp_path_factory.mktemp("lab")
    with subprocess.Popen(
        [sys.executable, str(HERE / "fake_shop.py")], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        own = FakeShop(f"http://127.0.0.1:{int(process.stdout.readline())}")
        plan = LoadPlan(
            variants=(PlanVariant(name="one", url=own.url), PlanVariant(name="two", url=own.url)),
            out=str(out),
            rate_per_s=0.8,
            warmup_s=5,
            duration_s=10,
            time_scale=0.1,
            land_think_s=2,
            approve_think_s=1,
        )
        ended = carry_out(plan)
        samples, _ = read_samples([out / "samples-locust.csv"])
        yield LabRun(plan, ended, own.seen(), samples)
        process.kill()
