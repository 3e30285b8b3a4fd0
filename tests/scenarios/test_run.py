"""Runs: a failing recorder ends them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.real_time

PRELUDE = """
import json, sys
from pathlib import Path
from locust import FastHttpUser
from locust.env import Environment
from harness.clock import monotonic_ns
from harness.load import Arrival, LoadPlan, PlanVariant
from scenarios.arrivals import Errand
from scenarios.run import Run, open_recorder
from scenarios.settings import plan_settings

class User(FastHttpUser):
    host = sys.argv[1]

plan = LoadPlan(variants=(PlanVariant(name="one", url=sys.argv[1]),), out=sys.argv[2],
                rate_per_s=1, duration_s=1, time_scale=0.01, users=3, courses=1)
environment = Environment(user_classes=[User])
settings = plan_settings(plan)
origin_ns = monotonic_ns()
recorder = open_recorder(settings, suffix="-x", origin_ns=origin_ns)
failures = []
run = Run(environment, settings, recorder=recorder, origin_ns=origin_ns,
          on_failure=lambda: failures.append("failed"))

def serve(number):
    run.serve(Errand(settings.shops[0], Arrival(number, 0, False)), User(environment).client)
"""

SERVED = """
serve(0)
run.flush()
run.close()
run.close()
rows = Path(sys.argv[2], "samples-locust-x.csv").read_text().splitlines()
print(json.dumps([len(rows), run.tally.started, run.tally.finished, failures]))
"""

CLOSED = """
run.close()
serve(0)
serve(1)
print(json.dumps([run.tally.finished, failures]))
"""

EXHAUSTED = """
serve(3)
print(json.dumps([run.tally.started, failures]))
"""


def test_served_errand_is_recorded_and_counted(
    shop: Any, tmp_path: Path, python: Callable[..., Any]
) -> None:
    """A header, five requests and two stages; one journey set out and ended."""
    assert python(PRELUDE + SERVED, shop.url, str(tmp_path)) == [8, 1, 1, []]


def test_failing_recorder_fails_the_run_once(
    shop: Any, tmp_path: Path, python: Callable[..., Any]
) -> None:
    """Whoever still reports afterwards does not fail it again."""
    assert python(PRELUDE + CLOSED, shop.url, str(tmp_path)) == [2, ["failed"]]


def test_run_without_a_pair_left_fails(
    shop: Any, tmp_path: Path, python: Callable[..., Any]
) -> None:
    """Nobody may buy twice: an arrival too many stops the run, and nobody sets out."""
    assert python(PRELUDE + EXHAUSTED, shop.url, str(tmp_path)) == [0, ["failed"]]
