"""The lab's way: a plan goes in, samples come out, and the process ends by itself."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.load import PLAN_VARIABLE, LoadPlan, PlanVariant, locust_command
from harness.rundata import read_samples

pytestmark = pytest.mark.real_time


def plan(out: Path, url: str, **changes: Any) -> LoadPlan:
    fields: dict[str, Any] = {"rate_per_s": 5, "duration_s": 1, "time_scale": 0.2, **changes}
    target = fields.pop("target", "merchant")
    variant = PlanVariant(name="one", url=url, target=target)
    return LoadPlan(variants=(variant,), out=str(out), **fields)


def hanging_target(folder: Path) -> str:
    path = folder / "hanging.toml"
    path.write_text(
        'name = "hanging"\nland = "GET /hang/{user_id}"\nmake_payment = "POST /pay"\n'
        'redirect_url = "url"\n'
    )
    return str(path)


def test_every_planned_request_of_every_variant_is_recorded(lab_run: Any) -> None:
    """12 arrivals, two variants, five requests each, and the stages; nothing failed."""
    assert lab_run.ended.status == 0, lab_run.ended.log
    requests = lab_run.samples[lab_run.samples["stage"] == ""]
    counts = requests.groupby(["variant", "request"], observed=True).size()
    assert len(counts) == 10
    assert set(counts) == {12}
    assert set(requests["outcome"]) == {"ok"}
    stages = lab_run.samples[lab_run.samples["stage"] != ""]
    assert stages.groupby("stage", observed=True).size().to_dict() == {
        "create_payment": 24,
        "validate_user": 24,
    }


def test_arrivals_are_intended_at_the_same_instants(lab_run: Any) -> None:
    """Arrival i is due as planned, scaled, in both variants alike."""
    samples = lab_run.samples
    land = samples[(samples["request"] == "land")].set_index(["variant", "arrival"])
    for arrival in lab_run.plan.arrivals():
        for variant in ("one", "two"):
            row = land.loc[(variant, arrival.number)]
            assert row["intended_ns"] == round(arrival.due_ns * 0.1)
            assert row["warmup"] == arrival.warmup


def test_no_request_is_sent_before_it_is_due(lab_run: Any) -> None:
    """Intended, sent, ended: in that order for every request."""
    requests = lab_run.samples[lab_run.samples["stage"] == ""]
    assert (requests["intended_ns"] <= requests["start_ns"]).all()
    assert (requests["start_ns"] <= requests["end_ns"]).all()


def test_later_request_is_due_after_answer_and_think_time(lab_run: Any) -> None:
    """Think time is scaled and counts from the end of the answer before it."""
    samples = lab_run.samples
    requests = samples[(samples["stage"] == "") & (samples["variant"] == "one")]
    by_name = {
        name: rows.set_index("arrival") for name, rows in requests.groupby("request", observed=True)
    }
    think_ns = by_name["make_payment"]["intended_ns"] - by_name["land"]["end_ns"]
    assert set(think_ns) == {200_000_000}
    assert set(by_name["callback"]["intended_ns"] - by_name["approve"]["end_ns"]) == {100_000_000}


def test_each_shopper_is_alone(lab_run: Any) -> None:
    """Nobody brings a cookie along, loses the own, or has the connection of somebody else."""
    seen = lab_run.seen
    assert seen["cookies on landing"] == 0
    assert seen["foreign cookies"] == 0
    assert seen["wrong amounts"] == 0
    assert seen["traces"] == 24
    # One per journey, perhaps two (a prefetch under way), and the one that asked for this.
    assert 25 <= seen["connections"] <= 49


def test_drain_limit_ends_who_never_gets_an_answer(
    shop: Any, tmp_path: Path, carry_out: Callable[[LoadPlan], Any]
) -> None:
    """They are recorded as abandoned, the plan is carried out all the same."""
    ended = carry_out(
        plan(tmp_path, shop.url, target=hanging_target(tmp_path), drain_limit_s=0, duration_s=0.5)
    )
    assert ended.status == 0, ended.log
    samples, _ = read_samples([tmp_path / "samples-locust.csv"])
    assert list(samples["outcome"]) == ["abandoned"] * 2
    assert not ended.progress()[-1].complete
    assert (samples["end_ns"] > samples["start_ns"]).all()


def test_stopped_run_keeps_what_it_has(shop: Any, tmp_path: Path) -> None:
    """A signal ends it with status 3; who was under way is recorded as abandoned."""
    path = tmp_path / "plan.json"
    plan(tmp_path, shop.url, target=hanging_target(tmp_path), duration_s=600).write(path)
    with subprocess.Popen(
        locust_command(),
        env={**os.environ, PLAN_VARIABLE: str(path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        while '"started":0' in process.stdout.readline():
            pass
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=180)
    assert process.returncode == 3, log
    samples, warnings = read_samples([tmp_path / "samples-locust.csv"])
    assert warnings == []
    assert set(samples["outcome"]) == {"abandoned"}


def test_failing_recorder_stops_the_run(shop: Any, tmp_path: Path) -> None:
    """A disk that takes no more ends the process at once, with status 1 and a sentence."""
    path = tmp_path / "plan.json"
    plan(tmp_path, shop.url, duration_s=600, rate_per_s=20).write(path)
    command = 'ulimit -f 8; exec "$0" "$@"'
    done = subprocess.run(
        ["/bin/sh", "-c", command, *locust_command()],
        env={**os.environ, PLAN_VARIABLE: str(path)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 1, done.stderr
    assert "the recorder failed, so the run stops: cannot write sample file" in done.stderr


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"url": "http://shop.example"}, "shop.example is not this machine"),
        ({"target": "nope"}, "unknown target 'nope'"),
        ({"duration_s": 0.01}, "no shopper arrives"),
    ],
)
def test_wrong_plan_is_refused_in_one_line(
    tmp_path: Path, carry_out: Callable[[LoadPlan], Any], change: dict[str, Any], complaint: str
) -> None:
    """Status 2, one line, no traceback, and no sample file."""
    ended = carry_out(plan(tmp_path, **{"url": "http://127.0.0.1:9", **change}))
    assert ended.status == 2
    assert complaint in ended.log.splitlines()[-1]
    assert "Traceback" not in ended.log
    assert not list(tmp_path.glob("samples-*"))


def test_recorder_of_that_name_is_not_overwritten(
    tmp_path: Path, shop: Any, carry_out: Callable[[LoadPlan], Any]
) -> None:
    """A second generator in the same run needs a name of its own."""
    (tmp_path / "samples-locust.csv").write_text("precious")
    ended = carry_out(plan(tmp_path, shop.url))
    assert ended.status == 1
    assert "File exists" in ended.log
    assert (tmp_path / "samples-locust.csv").read_text() == "precious"
