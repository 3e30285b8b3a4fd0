"""Stock Locust on the scenario: closed and open model, workers, refusals."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.load import Crowd, Pacing, arrivals_forever
from harness.rundata import read_samples

pytestmark = pytest.mark.real_time

QUICK = ("--land-think", "0.1", "--approve-think", "0.1", "-t", "100s")
"""Every run is bounded by count; the time is for one that hangs."""


def landings(folder: Path) -> dict[str, Any]:
    """Return the rows of landing by the name of their file."""
    found = {}
    for path in sorted(folder.glob("samples-*.csv")):
        samples, _ = read_samples([path])
        found[path.name] = samples[samples["request"] == "land"].reset_index()
    return found


def test_open_model_arrives_by_itself(
    shop: Any, tmp_path: Path, locust: Callable[..., Any]
) -> None:
    """Arrivals keep their schedule whatever -u says, and go on from the first number."""
    ended = locust(
        "--host", shop.url, *QUICK, "-u", "9", "--arrival-rate", "20", "--first-arrival", "700",
        "--payments", "25", "--samples", str(tmp_path),
    )  # fmt: skip
    assert ended.status == 0, ended.log
    land = landings(tmp_path)["samples-locust.csv"].sort_values("arrival").reset_index()
    assert list(land["arrival"]) == list(range(700, 725))
    schedule = arrivals_forever(Pacing.POISSON, rate_per_s=20, seed=1)
    for intended_ns, arrival in zip(land["intended_ns"], schedule, strict=False):
        assert intended_ns == arrival.due_ns


def test_closed_model_shops_in_a_loop(
    shop: Any, tmp_path: Path, locust: Callable[..., Any]
) -> None:
    """Each journey of each user is the next shopper, until as many have come as were asked for."""
    ended = locust(
        "--host", shop.url, *QUICK, "-u", "3", "-r", "3", "--payments", "5",
        "--samples", str(tmp_path),
    )  # fmt: skip
    assert ended.status == 0, ended.log
    assert "all journeys are over" in ended.log
    samples, _ = read_samples([tmp_path / "samples-locust.csv"])
    requests = samples[samples["stage"] == ""]
    assert sorted(requests[requests["request"] == "land"]["arrival"]) == list(range(5))
    assert sorted(requests[requests["request"] == "callback"]["arrival"]) == list(range(5))
    assert set(requests["outcome"]) == {"ok"}


def test_time_ends_a_test_that_its_count_does_not(
    shop: Any, tmp_path: Path, locust: Callable[..., Any]
) -> None:
    """Whoever comes first, -t or --payments; who is stopped on the way fails nothing."""
    ended = locust(
        "--host", shop.url, "-t", "1s", "--land-think", "600", "--payments", "1",
        "--samples", str(tmp_path),
    )  # fmt: skip
    assert ended.status == 0, ended.log
    assert "--run-time limit reached" in ended.log
    assert "all journeys are over" not in ended.log


def test_workers_share_arrivals_and_keep_their_own_samples(
    shop: Any, tmp_path: Path, locust: Callable[..., Any], two_workers: list[str]
) -> None:
    """With two processes each arrival is served once, by one of them."""
    ended = locust(
        "--host", shop.url, *QUICK, *two_workers, "--arrival-rate", "20",
        "--payments", "11", "--samples", str(tmp_path), "--json",
    )  # fmt: skip
    assert ended.status == 0, ended.log
    # Five requests and two stages of every journey: the master has the figures of both workers.
    assert ended.output.count('"num_requests": 11,') == 7
    files = landings(tmp_path)
    assert sorted(files) == ["samples-locust-worker0.csv", "samples-locust-worker1.csv"]
    for worker, land in enumerate(files.values()):
        assert sorted(land["arrival"]) == list(range(worker, 11, 2))


def test_same_seed_sends_the_same_shoppers(shop: Any, locust: Callable[..., Any]) -> None:
    """The users that the shop saw are those of the seed's first arrivals."""
    earlier = len(shop.users())
    ended = locust(
        "--host", shop.url, *QUICK, "--arrival-rate", "10", "--bkash-seed", "99",
        "--payments", "4",
    )  # fmt: skip
    assert ended.status == 0, ended.log
    crowd = Crowd(99)
    expected = sorted(crowd.shopper(arrival).user_id for arrival in range(4))
    assert sorted(shop.users()[earlier:]) == expected


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param(["--host", "http://shop.example"], "--allow-remote shop.example", id="remote"),
        pytest.param([], "no shop to load; name it with --host", id="no host"),
        pytest.param(
            ["--host", "http://127.0.0.1:9", "--bkash-target", "nope"],
            "unknown target",
            id="target",
        ),
        pytest.param(
            ["--host", "http://127.0.0.1:9", "--arrival-rate", "-1"], "is below 0", id="rate"
        ),
        pytest.param(
            ["--host", "http://127.0.0.1:9", "--payments", "-1"],
            "--payments -1 is below 0",
            id="payments",
        ),
    ],
)
def test_wrong_arguments_are_refused_in_one_line(
    locust: Callable[..., Any], arguments: list[str], complaint: str
) -> None:
    """Status 2 before anything is sent, and the line says what to do."""
    ended = locust(*arguments)
    assert ended.status == 2
    assert complaint in ended.log.splitlines()[-1]
    assert "Traceback" not in ended.log


def test_samples_of_another_run_are_not_mixed(
    shop: Any, tmp_path: Path, locust: Callable[..., Any]
) -> None:
    """A folder with samples belongs to the run that wrote them."""
    (tmp_path / "samples-locust.csv").write_text("precious")
    ended = locust("--host", shop.url, *QUICK, "--samples", str(tmp_path))
    assert ended.status == 2
    assert "name a fresh folder" in ended.log
    assert (tmp_path / "samples-locust.csv").read_text() == "precious"
