"""Load plans: strict, and complete."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from harness.errors import ConfigurationError
from harness.load import LoadPlan, PlanVariant, locust_command
from harness.load.plan import SHORTEST_DRAIN_S, SHORTEST_TIMEOUT_S

VARIANT = {"name": "cached", "url": "http://127.0.0.1:8000"}
PLAN: dict[str, Any] = {"variants": [VARIANT], "out": ".", "rate_per_s": 4, "duration_s": 10}


def test_plan_survives_its_file(tmp_path: Path) -> None:
    """What the lab writes is what the generator reads."""
    plan = LoadPlan(
        variants=(PlanVariant(name="a", url="http://127.0.0.1:1", target="x.toml"),),
        out=str(tmp_path),
        rate_per_s=4.5,
        duration_s=60,
        warmup_s=5,
        seed=9,
        allowed_hosts=("shop.test",),
    )
    plan.write(tmp_path / "plan.json")
    assert LoadPlan.read(tmp_path / "plan.json") == plan


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        pytest.param({"colour": 1}, "unknown field `colour`", id="unknown field"),
        pytest.param({"rate_per_s": "4"}, "rate_per_s", id="wrong type"),
        pytest.param({"rate_per_s": 0}, "rate_per_s = 0.0 must be above 0", id="no rate"),
        pytest.param({"time_scale": -1}, "time_scale", id="negative scale"),
        pytest.param({"warmup_s": -1}, "warmup_s", id="negative warm-up"),
        pytest.param({"pacing": "bursts"}, "pacing", id="unknown pacing"),
        pytest.param({"variants": []}, "one or more", id="no variant"),
        pytest.param({"variants": [VARIANT, VARIANT]}, "its own name", id="same name twice"),
        pytest.param({"variants": [{**VARIANT, "url": "shop"}]}, "http", id="no URL"),
        pytest.param({"variants": [{**VARIANT, "name": ""}]}, "empty", id="no name"),
        pytest.param({"recorder": "../x"}, "plain word", id="path as recorder"),
        pytest.param({"users": 0}, "at least 1", id="no users"),
    ],
)
def test_wrong_plan_is_refused(tmp_path: Path, change: dict[str, Any], complaint: str) -> None:
    """A plan is decoded strictly: what is unknown, missing or impossible is said."""
    path = tmp_path / "plan.json"
    path.write_bytes(msgspec.json.encode({**PLAN, **change}))
    with pytest.raises(ConfigurationError, match=complaint):
        LoadPlan.read(path)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"out": "."}'])
def test_broken_plan_is_refused(tmp_path: Path, text: str) -> None:
    """Half a file is not half a plan."""
    path = tmp_path / "plan.json"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match="is not a load plan"):
        LoadPlan.read(path)


def test_missing_plan_and_folder_are_said(tmp_path: Path) -> None:
    """Both ways of the file have a one-line error."""
    with pytest.raises(ConfigurationError, match="cannot read load plan"):
        LoadPlan.read(tmp_path / "none.json")
    with pytest.raises(ConfigurationError, match="cannot write load plan"):
        msgspec.convert(PLAN, LoadPlan).write(tmp_path / "none" / "plan.json")


def test_plan_that_sends_nobody_is_refused() -> None:
    """A duration too short for one arrival would end without a sample."""
    plan = msgspec.convert({**PLAN, "duration_s": 0.1, "warmup_s": 10}, LoadPlan)
    with pytest.raises(ConfigurationError, match="no shopper arrives"):
        plan.arrivals()


def test_plan_with_more_arrivals_than_pairs_is_refused() -> None:
    """It is refused before the first shopper, not at the one too many."""
    plan = msgspec.convert({**PLAN, "users": 3, "courses": 13}, LoadPlan)
    with pytest.raises(ConfigurationError, match="40 arrivals exceed the 39 pairs"):
        plan.arrivals()


def test_limits_are_scaled_down_to_a_floor() -> None:
    """Our own overhead is real time, so a small scale does not make every answer too late."""
    full = msgspec.convert({**PLAN, "request_timeout_s": 30, "drain_limit_s": 40}, LoadPlan)
    assert (full.request_timeout_wall_s, full.drain_limit_wall_s) == (30, 40)
    quick = msgspec.structs.replace(full, time_scale=0.01)
    assert quick.request_timeout_wall_s == SHORTEST_TIMEOUT_S
    assert quick.drain_limit_wall_s == SHORTEST_DRAIN_S


def test_command_starts_the_scenario_without_importing_it() -> None:
    """Importing it would patch the process, so the lab only learns where it is."""
    python, *rest = locust_command()
    assert Path(python).is_file()
    assert rest[:3] == ["-m", "locust", "-f"]
    assert Path(rest[3]).name == "checkout.py"
    assert Path(rest[3]).is_file()
