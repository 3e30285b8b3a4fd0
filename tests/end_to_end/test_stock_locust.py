"""Stock Locust on the scenario file: against a merchant and a mock that run by themselves."""

import csv
import json
import urllib.parse
import urllib.request

import pytest

from harness.load import locust_command
from harness.rundata import read_samples

pytestmark = pytest.mark.real_time

SCENARIO = locust_command()[locust_command().index("-f") + 1]
QUICK = ("--land-think", "0.05", "--approve-think", "0")
COUNTED = ("--payments", "6", "--run-time", "200s", *QUICK)
"""Bounded by count; the time is for a run that hangs."""


@pytest.fixture
def stack(household) -> tuple[str, str]:
    """A merchant and its mock: (merchant's URL, mock's root)."""
    mock = household.mock("--profile", "fast", "--approve", "auto")
    merchant = household.merchant(
        *("--variant", "cached", "--gateway", f"{mock}/v1.2.0-beta", "--app-key", "shop"),
        *("--profile", "fast", "--database", "shop.sqlite"),
    )
    return merchant, mock


def ask(url: str, data: dict[str, str] | None = None):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    body = None if data is None else urllib.parse.urlencode(data).encode()
    with opener.open(url, data=body, timeout=300) as answer:
        return answer.read()


def captures(mock: str) -> int:
    return json.loads(ask(f"{mock}/_mock/counters?app_key=shop"))["calls"]["execute_payment"]


def test_headless_locust_pays_at_a_running_merchant(household, stack):
    """`locust -f scenarios/checkout.py --host URL` works as Locust users expect."""
    merchant, mock = stack
    done = household.run(
        *("-m", "locust", "-f", SCENARIO, "--host", merchant, "--headless"),
        *("-u", "3", "-r", "3", "--csv", "figures", *COUNTED),
    )
    assert done.returncode == 0, done.stderr
    with (household.folder / "figures_stats.csv").open(newline="") as file:
        rows = {row["Name"]: row for row in csv.DictReader(file)}
    assert {"land", "make-payment", "approve", "callback"} < set(rows)
    assert all(int(row["Failure Count"]) == 0 for row in rows.values())
    assert captures(mock) == int(rows["callback"]["Request Count"]) == 6


def test_open_model_keeps_every_sample(household, stack):
    """With an arrival rate shoppers arrive by themselves, and every sample is kept, unrounded."""
    merchant, _ = stack
    (household.folder / "samples").mkdir()
    done = household.run(
        *("-m", "locust", "-f", SCENARIO, "--host", merchant, "--headless"),
        *("--arrival-rate", "10", "--samples", "samples", *COUNTED),
    )
    assert done.returncode == 0, done.stderr
    samples, warnings = read_samples(sorted((household.folder / "samples").iterdir()))
    assert warnings == []
    requests = samples[samples["stage"] == ""]
    assert set(requests["request"]) == {"land", "make_payment", "approve", "callback"}
    assert set(requests.groupby("request", observed=True).size()) == {6}
    assert (requests["start_ns"] >= requests["intended_ns"]).all()
    assert "create_payment" in set(samples["stage"])


def test_web_ui_starts_and_stops_a_test(household, stack, eventually, reserve_port):
    """The web UI shows the scenario, starts shoppers and shows their requests."""
    merchant, mock = stack
    port = reserve_port()
    locust = household.start(
        *("-m", "locust", "-f", SCENARIO, "--host", merchant, *QUICK),
        *("--web-host", "127.0.0.1", "--web-port", str(port)),
    )
    root = f"http://127.0.0.1:{port}"
    eventually(lambda: locust.poll() is not None or answers(root))
    assert b"<html" in ask(root).lower()
    ask(f"{root}/swarm", {"user_count": "2", "spawn_rate": "2", "host": merchant})
    eventually(lambda: came_back(root))
    ask(f"{root}/stop", {})
    assert captures(mock) > 0


def answers(url: str) -> bool:
    try:
        ask(url)
    except OSError:
        return False
    return True


def came_back(root: str) -> int:
    statistics = json.loads(ask(f"{root}/stats/requests"))["stats"]
    return sum(row["num_requests"] for row in statistics if row["name"] == "callback")
